using ClusterSurvey.Activities.Problems;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>The version of the tables of a ledger: the id of the last migration that was done to them.</summary>
internal static class SchemaVersion
{
    /// <summary>The version of the tables; empty when there are none.</summary>
    public static string Of(LedgerContext context) => context.Database.GetAppliedMigrations().LastOrDefault() ?? "";

    /// <summary>Refuses tables that a later version of the program has made: what it added would be lost, or be in the way.</summary>
    /// <param name="context">The ledger.</param>
    /// <param name="place">Where it is, without secrets.</param>
    /// <exception cref="BadInputException">They are of a later version.</exception>
    public static void RefuseLater(LedgerContext context, string place)
    {
        var later = context.Database.GetAppliedMigrations().Except(context.Database.GetMigrations()).ToList();
        if (later.Count > 0)
            throw new BadInputException(place, $"a run ledger of a later version of the program ({later[^1]})", $"one of version {context.Database.GetMigrations().Last()} or older", "use the newer program, or restore a backup that the older one made; nothing was changed");
    }
}
