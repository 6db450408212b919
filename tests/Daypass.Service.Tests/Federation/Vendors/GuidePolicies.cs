namespace Daypass.Service.Tests.Federation.Vendors;

/// <summary>The trust policies that the guides tell people to write, as they stand there; for the tests' account.</summary>
internal static class GuidePolicies
{
    /// <param name="page">Of docs/guide/federation.</param>
    /// <param name="marker">A text that stands in one policy of the page only.</param>
    public static string Of(string page, string marker)
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs/guide/federation", page));
        var policies = text.Split("```").Where((_, at) => at % 2 == 1).Where(block => block.Contains("\"Federated\"", StringComparison.Ordinal));
        return policies.Single(policy => policy.Contains(marker, StringComparison.Ordinal)).Trim().Replace("111122223333", "123456789012", StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Daypass.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }
}
