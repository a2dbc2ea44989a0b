using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>The tables of the run ledger. No type in it belongs to one kind of database.</summary>
public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();

    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    public DbSet<ActivityRow> Activities => Set<ActivityRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<IncidentRow> Incidents => Set<IncidentRow>();

    public DbSet<SavedDefinitionRow> SavedDefinitions => Set<SavedDefinitionRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<ScheduleRow> Schedules => Set<ScheduleRow>();

    public DbSet<ScheduleFireRow> ScheduleFires => Set<ScheduleFireRow>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    public DbSet<NodeRow> Nodes => Set<NodeRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<SortableTime>().HaveMaxLength(33);
        configurationBuilder.Properties<string>().HaveConversion<StorableText>();
        configurationBuilder.Properties<RecordPhase>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<OverlapPolicy>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<MisfirePolicy>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<FireCause>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<FireState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<JobKind>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<JobState>().HaveConversion<string>().HaveMaxLength(16);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DefinitionRow>(Definition);
        modelBuilder.Entity<InstanceRow>(Instance);
        modelBuilder.Entity<ActivityRow>(Activity);
        modelBuilder.Entity<JournalRow>(table => table.ToTable("journal").HasKey(row => new { row.InstanceId, row.Sequence }));
        modelBuilder.Entity<IncidentRow>(table => table.ToTable("incidents").HasKey(row => new { row.InstanceId, row.Sequence }));
        modelBuilder.Entity<SavedDefinitionRow>(SavedDefinition);
        modelBuilder.Entity<ApiKeyRow>(table => table.ToTable("api_keys").HasKey(row => row.Name));
        modelBuilder.Entity<ScheduleRow>(table => table.ToTable("schedules").HasKey(row => new { row.Home, row.Name }));
        modelBuilder.Entity<ScheduleFireRow>(Fire);
        modelBuilder.Entity<JobRow>(Job);
        modelBuilder.Entity<NodeRow>(table => table.ToTable("nodes").HasKey(row => row.Name));
    }

    private static void Definition(EntityTypeBuilder<DefinitionRow> table)
    {
        table.ToTable("definitions").HasKey(row => row.Id);
        table.HasIndex(row => new { row.DefinitionId, row.Version });
    }

    private static void SavedDefinition(EntityTypeBuilder<SavedDefinitionRow> table)
    {
        table.ToTable("saved_definitions").HasKey(row => row.Id);
        table.HasIndex(row => new { row.DefinitionId, row.Version });
    }

    private static void Instance(EntityTypeBuilder<InstanceRow> table)
    {
        table.ToTable("instances").HasKey(row => row.Id);
        table.HasIndex(row => row.ParentInstanceId);
        table.HasIndex(row => row.CreatedAt);
    }

    private static void Activity(EntityTypeBuilder<ActivityRow> table)
    {
        table.ToTable("activities").HasKey(row => new { row.InstanceId, row.Sequence });
        table.HasIndex(row => new { row.InstanceId, row.Path });
    }

    private static void Fire(EntityTypeBuilder<ScheduleFireRow> table)
    {
        table.ToTable("schedule_fires").HasKey(row => row.Id);
        table.HasIndex(row => new { row.Home, row.Schedule, row.EnteredAt });
    }

    private static void Job(EntityTypeBuilder<JobRow> table)
    {
        table.ToTable("jobs").HasKey(row => row.Id);
        table.HasIndex(row => row.InstanceId);
        table.HasIndex(row => new { row.Home, row.State });
    }

    /// <summary>Text that any database takes: PostgreSQL holds neither U+0000 nor halves of a pair of code units.</summary>
    private sealed class StorableText() : ValueConverter<string, string>(text => Storable(text), text => text);

    private static string Storable(string text)
        => text.Contains('\0', StringComparison.Ordinal) || text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD'))) : text;

    /// <summary>Times as UTC in ISO 8601 with a fixed number of digits: text that sorts as the times do, in any database.</summary>
    private sealed class SortableTime() : ValueConverter<DateTimeOffset, string>(
        time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
}
