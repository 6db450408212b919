using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>The reference says what there is.</summary>
public sealed class ReferencePage
{
    [Fact]
    public void Every_action_has_its_row() => Assert.All(new ActionCatalog().Uproject.All, action => Assert.Contains(Rows("uproject-api.md"), row => row.Contains(action.Name, StringComparison.Ordinal)));

    [Fact]
    public void Every_system_policy_is_named_or_is_of_a_product_and_family_that_are()
    {
        var page = File.ReadAllText(PathOf("uproject-policies.md"));
        Assert.All(UprojectManagedPolicies.All, policy =>
        {
            var family = new[] { "FullAccess", "ReadOnlyAccess", "CreateOnlyAccess", "UpdateOnlyAccess", "DeleteOnlyAccess" }.FirstOrDefault(family => policy.Name.EndsWith(family, StringComparison.Ordinal));
            Assert.True(page.Contains($"`{policy.Name}`", StringComparison.Ordinal) || (family is not null && page.Contains(policy.Name[..^family.Length], StringComparison.Ordinal)), policy.Name);
        });
    }

    private static string[] Rows(string file) => [.. File.ReadAllLines(PathOf(file)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')[1])];

    private static string PathOf(string file)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Daypass.slnx")))
            directory = directory.Parent;
        return Path.Combine(directory.FullName, "docs", "reference", file);
    }
}
