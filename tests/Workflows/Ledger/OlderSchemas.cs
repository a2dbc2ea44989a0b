namespace ClusterSurvey.Workflows.Tests.Ledger;

/// <summary>
/// The tables of a ledger as every version of the program has made them, with some rows, in the SQL of that version: not made by today's code. A new
/// migration adds its version here, and never changes one that is there.
/// </summary>
internal static class OlderSchemas
{
    /// <summary>The versions, the oldest first: the id of the migration, what it did, and the rows that a program of that version wrote.</summary>
    public static IReadOnlyList<(string Id, string Tables, string Rows)> All { get; } =
    [
        (
            "20261123154840_Initial",
            """
            CREATE TABLE "activities" ("InstanceId" TEXT NOT NULL, "Sequence" BIGINT NOT NULL, "Path" TEXT NOT NULL, "Phase" SHORT NOT NULL, "ActivityId" TEXT NOT NULL, "NodeId" TEXT NOT NULL, "Type" TEXT NOT NULL,
                "TypeVersion" INTEGER NOT NULL, "Name" TEXT NOT NULL, "Outcomes" TEXT NOT NULL, "Effects" TEXT NOT NULL, "Inputs" TEXT NOT NULL, "Outputs" TEXT NOT NULL, "Label" TEXT NULL, "Key" TEXT NULL,
                "FromCache" BOOLEAN NOT NULL, "Superseded" BOOLEAN NOT NULL, "StartedAt" TIME NOT NULL, "EndedAt" TIME NOT NULL, CONSTRAINT "PK_activities" PRIMARY KEY ("InstanceId", "Sequence"));
            CREATE TABLE "definitions" ("Id" TEXT NOT NULL CONSTRAINT "PK_definitions" PRIMARY KEY, "DefinitionId" TEXT NOT NULL, "Name" TEXT NOT NULL, "Version" INTEGER NOT NULL, "IsLatest" BOOLEAN NOT NULL,
                "IsPublished" BOOLEAN NOT NULL, "Json" TEXT NOT NULL, "CreatedAt" TIME NOT NULL);
            CREATE TABLE "incidents" ("InstanceId" TEXT NOT NULL, "Sequence" BIGINT NOT NULL, "Path" TEXT NOT NULL, "ActivityId" TEXT NOT NULL, "NodeId" TEXT NOT NULL, "Type" TEXT NOT NULL, "Name" TEXT NOT NULL,
                "StepType" TEXT NOT NULL, "StepName" TEXT NOT NULL, "Label" TEXT NULL, "PassPath" TEXT NULL, "Message" TEXT NOT NULL, "ExceptionType" TEXT NOT NULL, "StackTrace" TEXT NULL, "Remedy" TEXT NOT NULL,
                "Resolved" BOOLEAN NOT NULL, "Timestamp" TIME NOT NULL, CONSTRAINT "PK_incidents" PRIMARY KEY ("InstanceId", "Sequence"));
            CREATE TABLE "instances" ("Id" TEXT NOT NULL CONSTRAINT "PK_instances" PRIMARY KEY, "DefinitionId" TEXT NOT NULL, "DefinitionVersionId" TEXT NOT NULL, "Version" INTEGER NOT NULL, "Name" TEXT NOT NULL,
                "ParentInstanceId" TEXT NULL, "ParentPath" TEXT NULL, "Label" TEXT NULL, "Status" TEXT NOT NULL, "SubStatus" TEXT NOT NULL, "Inputs" TEXT NOT NULL, "Outputs" TEXT NOT NULL, "Seed" TEXT NOT NULL,
                "RunFolder" TEXT NOT NULL, "Definitions" TEXT NOT NULL, "IncidentCount" INTEGER NOT NULL, "CreatedAt" TIME NOT NULL, "UpdatedAt" TIME NOT NULL, "FinishedAt" TIME NULL);
            CREATE TABLE "journal" ("InstanceId" TEXT NOT NULL, "Sequence" BIGINT NOT NULL, "Path" TEXT NOT NULL, "ActivityId" TEXT NOT NULL, "NodeId" TEXT NOT NULL, "Type" TEXT NOT NULL, "TypeVersion" INTEGER NOT NULL,
                "Name" TEXT NOT NULL, "EventName" TEXT NOT NULL, "Message" TEXT NULL, "Timestamp" TIME NOT NULL, CONSTRAINT "PK_journal" PRIMARY KEY ("InstanceId", "Sequence"));
            CREATE INDEX "IX_activities_InstanceId_Path" ON "activities" ("InstanceId", "Path");
            CREATE INDEX "IX_definitions_DefinitionId_Version" ON "definitions" ("DefinitionId", "Version");
            CREATE INDEX "IX_instances_CreatedAt" ON "instances" ("CreatedAt");
            CREATE INDEX "IX_instances_ParentInstanceId" ON "instances" ("ParentInstanceId");
            """,
            """
            INSERT INTO "definitions" VALUES ('v1', 'survey', 'Survey', 1, TRUE, TRUE, '{"id":"v1"}', '2026-11-23T16:00:00.0000000Z');
            INSERT INTO "instances" VALUES ('run', 'survey', 'v1', 1, 'Survey', NULL, NULL, NULL, 'Finished', 'Faulted', '{"n":1}', '{}', '18446744073709551615', '/old/run', '{"survey":"v1"}', 1,
                '2026-11-23T16:00:00.0000001Z', '2026-11-23T16:00:02.0000000Z', '2026-11-23T16:00:02.0000000Z');
            INSERT INTO "activities" VALUES ('run', 1, 'Workflow1:w', 'Finished', 'w', 'n', 'Survey.LoadMaps', 2, 'Load', '["Done"]', '{}', '{}', '{"maps":"abc"}', 'A85', 'key', FALSE, FALSE,
                '2026-11-23T16:00:00.5000000Z', '2026-11-23T16:00:01.0000000Z');
            INSERT INTO "journal" VALUES ('run', 2, 'Workflow1:w', 'w', 'n', 'Survey.LoadMaps', 2, 'Load', 'Completed', 'it''s done', '2026-11-23T16:00:01.0000000Z');
            INSERT INTO "incidents" ("InstanceId", "Sequence", "Path", "ActivityId", "NodeId", "Type", "Name", "StepType", "StepName", "Message", "ExceptionType", "Remedy", "Resolved", "Timestamp")
                VALUES ('run', 3, 'p', 'a', 'n', 'T', 'N', 'T', 'Fit', 'broken map', 'E', 'mend it', FALSE, '2026-11-23T16:00:02.0000000Z');
            """
        ),
        (
            "20261124220000_IncidentsTellRegionAndAttempts",
            """
            ALTER TABLE "incidents" ADD "Attempts" INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE "incidents" ADD "Region" TEXT NULL;
            """,
            """
            INSERT INTO "incidents" ("InstanceId", "Sequence", "Path", "ActivityId", "NodeId", "Type", "Name", "StepType", "StepName", "Message", "ExceptionType", "Remedy", "Resolved", "Timestamp", "Attempts", "Region")
                VALUES ('run', 4, 'p', 'a', 'n', 'T', 'N', 'T', 'Train', 'no start', 'E', 'more', FALSE, '2026-11-23T16:00:02.0000000Z', 3, 'II');
            """
        ),
        (
            "20261124230000_SavedDefinitionsAndKeys",
            """
            CREATE TABLE "api_keys" ("Name" TEXT NOT NULL CONSTRAINT "PK_api_keys" PRIMARY KEY, "Hash" TEXT NOT NULL, "CreatedAt" TIME NOT NULL);
            CREATE TABLE "saved_definitions" ("Id" TEXT NOT NULL CONSTRAINT "PK_saved_definitions" PRIMARY KEY, "DefinitionId" TEXT NOT NULL, "Name" TEXT NOT NULL, "Description" TEXT NOT NULL, "Version" INTEGER NOT NULL,
                "IsLatest" BOOLEAN NOT NULL, "IsPublished" BOOLEAN NOT NULL, "Json" TEXT NOT NULL, "CreatedAt" TIME NOT NULL);
            CREATE INDEX "IX_saved_definitions_DefinitionId_Version" ON "saved_definitions" ("DefinitionId", "Version");
            """,
            """
            INSERT INTO "api_keys" VALUES ('Ada', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', '2026-11-24T23:00:00.0000000Z');
            INSERT INTO "saved_definitions" VALUES ('s1', 'mine', 'Mine', '', 4, TRUE, FALSE, '{}', '2026-11-24T23:00:00.0000000Z');
            """
        ),
        (
            "20261125150000_Schedules",
            """
            CREATE TABLE "schedules" ("Home" TEXT NOT NULL, "Name" TEXT NOT NULL, "Cron" TEXT NULL, "Watch" TEXT NULL, "Seen" TEXT NULL, "TimeZone" TEXT NOT NULL, "Definition" TEXT NOT NULL, "Inputs" TEXT NOT NULL,
                "Seed" TEXT NOT NULL, "Overlap" SHORT NOT NULL, "Misfire" SHORT NOT NULL, "TimeLimitSeconds" DOUBLE PRECISION NULL, "Notify" TEXT NOT NULL, "IsPaused" BOOLEAN NOT NULL, "DueAt" TIME NULL,
                "CreatedAt" TIME NOT NULL, CONSTRAINT "PK_schedules" PRIMARY KEY ("Home", "Name"));
            CREATE TABLE "schedule_fires" ("Id" TEXT NOT NULL CONSTRAINT "PK_schedule_fires" PRIMARY KEY, "Home" TEXT NOT NULL, "Schedule" TEXT NOT NULL, "Cause" SHORT NOT NULL, "DueAt" TIME NOT NULL, "EnteredAt" TIME NOT NULL,
                "Missed" INTEGER NOT NULL, "State" SHORT NOT NULL, "Run" TEXT NULL, "StartedAt" TIME NULL, "EndedAt" TIME NULL, "Message" TEXT NULL, "ComparedWith" TEXT NULL, "Changes" TEXT NULL, "NoticesLeft" TEXT NULL,
                "NoticeTries" INTEGER NOT NULL, "NoticeProblem" TEXT NULL);
            CREATE INDEX "IX_schedule_fires_Home_Schedule_EnteredAt" ON "schedule_fires" ("Home", "Schedule", "EnteredAt");
            """,
            """
            INSERT INTO "schedules" VALUES ('/old', 'nightly', '0 3 * * *', NULL, NULL, 'Europe/Berlin', 'survey', '{}', '1', 'Queue', 'Skip', 0.5, '[]', TRUE, NULL, '2026-11-25T15:00:00.0000000Z');
            INSERT INTO "schedule_fires" VALUES ('f1', '/old', 'nightly', 'Cron', '2026-11-25T15:00:00.0000000Z', '2026-11-25T15:00:00.0000000Z', 2, 'DoneWithFailures', 'run', NULL, NULL, 'set aside: A85', NULL, NULL, NULL, 0, NULL);
            """
        ),
        (
            "20261125200000_Jobs",
            """
            CREATE TABLE "jobs" ("Id" TEXT NOT NULL CONSTRAINT "PK_jobs" PRIMARY KEY, "Home" TEXT NOT NULL, "InstanceId" TEXT NOT NULL, "Run" TEXT NOT NULL, "Kind" SHORT NOT NULL, "PassPath" TEXT NOT NULL, "Label" TEXT NOT NULL,
                "State" SHORT NOT NULL, "Fresh" BOOLEAN NOT NULL, "Attempt" INTEGER NOT NULL, "Failures" INTEGER NOT NULL, "Losses" INTEGER NOT NULL, "Node" TEXT NULL, "Message" TEXT NULL, "Fault" TEXT NULL,
                "QueuedAt" TIME NOT NULL, "NotBefore" TIME NULL, "StartedAt" TIME NULL, "EndedAt" TIME NULL);
            CREATE TABLE "nodes" ("Name" TEXT NOT NULL CONSTRAINT "PK_nodes" PRIMARY KEY, "Home" TEXT NOT NULL, "Machine" TEXT NOT NULL, "ProcessId" INTEGER NOT NULL, "Slots" INTEGER NOT NULL, "StartedAt" TIME NOT NULL,
                "HeartbeatAt" TIME NOT NULL);
            CREATE INDEX "IX_jobs_InstanceId" ON "jobs" ("InstanceId");
            CREATE INDEX "IX_jobs_Home_State" ON "jobs" ("Home", "State");
            """,
            """
            INSERT INTO "jobs" VALUES ('run p', 'h', 'run', 'run', 'Pass', 'p', 'A85', 'Failed', TRUE, 5, 1, 2, 'node', 'lost', NULL, '2026-11-25T20:00:00.0000000Z', NULL, NULL, '2026-11-25T21:00:00.0000000Z');
            """
        ),
    ];

    /// <summary>The statements that make the database of a version.</summary>
    /// <param name="version">How many of the migrations are done, from 1.</param>
    /// <param name="isPostgres">True for PostgreSQL, false for SQLite.</param>
    public static string Script(int version, bool isPostgres)
    {
        const string history = """CREATE TABLE "__EFMigrationsHistory" ("MigrationId" LONGER NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY, "ProductVersion" VERSION NOT NULL);""";
        var script = string.Join('\n', All.Take(version).Select(schema => $"{schema.Tables}\n{schema.Rows}\n{Done(schema.Id)}").Prepend(history));
        (string Word, string Type)[] types = isPostgres
            ? [(" SHORT ", " character varying(16) "), (" TIME ", " character varying(33) "), (" LONGER ", " character varying(150) "), (" VERSION ", " character varying(32) ")]
            : [(" SHORT ", " TEXT "), (" TIME ", " TEXT "), (" LONGER ", " TEXT "), (" VERSION ", " TEXT "), (" BIGINT ", " INTEGER "), (" BOOLEAN ", " INTEGER "), (" DOUBLE PRECISION ", " REAL ")];
        return types.Aggregate(script, (text, type) => text.Replace(type.Word, type.Type, StringComparison.Ordinal));
    }

    /// <summary>The statement that notes a migration as done.</summary>
    public static string Done(string id) => $"INSERT INTO \"__EFMigrationsHistory\" VALUES ('{id}', '10.0.15');";
}
