using System.Security.Cryptography;
using System.Text;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>The keys with which the web application may be used from other machines. Only their hashes are kept.</summary>
public sealed class ApiKeys(RunLedger ledger, TimeProvider time)
{
    // Told apart at a glance from other secrets, by people and by scanners.
    private const string Mark = "cs_";
    private const int KeyBytes = 32;
    private const int LongestName = 60;

    /// <summary>The names of the keys, with when they were made, by name.</summary>
    public IReadOnlyList<(string Name, DateTimeOffset CreatedAt)> All => [.. Rows().Select(row => (row.Name, row.CreatedAt))];

    /// <summary>Makes a key.</summary>
    /// <returns>The key: this is the only time that it can be seen.</returns>
    /// <exception cref="BadInputException">The name is empty, too long or taken.</exception>
    public string Create(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
            throw new BadInputException("keys create", $"the name '{name}'", $"1 to {LongestName} characters", "choose another name");
        if (Rows().Any(row => row.Name == name)) throw new BadInputException("keys create", $"a key named '{name}'", "a name that is not taken", "choose another name, or revoke the key first");
        var key = Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        var row = new ApiKeyRow { Name = name, Hash = Convert.ToHexStringLower(HashOf(key)), CreatedAt = time.GetUtcNow() };
        ledger.Commit(context => context.ApiKeys.Add(row));
        return key;
    }

    /// <summary>Makes a key worthless from now on.</summary>
    /// <exception cref="BadInputException">There is no such key.</exception>
    public void Revoke(string name)
    {
        var names = Rows().Select(row => row.Name).ToArray();
        if (!names.Contains(name)) throw new BadInputException("keys revoke", $"no key named '{name}'", "the name of a key", Spelling.Suggest(name, names));
        ledger.Commit(context => context.ApiKeys.Where(row => row.Name == name).ExecuteDelete());
    }

    /// <summary>The name of the key that was shown; null when it is none of ours. The time it takes tells nothing about the keys.</summary>
    public string? NameOf(string key)
    {
        var shown = HashOf(key);
        string? name = null;
        foreach (var row in Rows())
            if (CryptographicOperations.FixedTimeEquals(shown, Convert.FromHexString(row.Hash))) name = row.Name;
        return name;
    }

    private List<ApiKeyRow> Rows() => ledger.Read(context => context.ApiKeys.OrderBy(row => row.Name).ToList());

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
