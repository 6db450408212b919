using System.Xml.Linq;

namespace Daypass.Architecture.Tests;

/// <summary>Section 3 of the design: who may see whom.</summary>
public class ProjectRules
{
    [Theory]
    [InlineData("Daypass.Core")]
    [InlineData("Daypass.Service", "Daypass.Core")]
    [InlineData("Daypass.Storage", "Daypass.Service")]
    [InlineData("Daypass.Server", "Daypass.Service", "Daypass.Storage")]
    [InlineData("Daypass.Cli", "Daypass.Core")]
    [InlineData("Daypass.AspNetCore", "Daypass.Core")]
    public void A_project_references_only_those_that_the_design_lets_it_see(string project, params string[] allowed) =>
        Assert.Equal(allowed, References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!).Order());

    [Theory]
    [InlineData("Daypass.Core")]
    [InlineData("Daypass.Service")]
    [InlineData("Daypass.AspNetCore")]
    public void The_pure_and_the_published_projects_have_no_packages(string project) => Assert.Empty(References(project, "PackageReference"));

    [Theory]
    [InlineData("src/Daypass.Core", "Microsoft.AspNetCore")]
    [InlineData("src/Daypass.Service", "Microsoft.AspNetCore")]
    [InlineData("src/Daypass.Service", "Microsoft.Data.Sqlite")]
    [InlineData("src/Daypass.Core/Policies", "System.Net.Http")]
    [InlineData("src/Daypass.Service/Actions", "System.IO")]
    [InlineData("src/Daypass.Service/Actions", "TimeProvider")]
    [InlineData("src/Daypass.Service/Actions", "RandomNumberGenerator")]
    [InlineData("src/Daypass.Service/Actions", "async ")]
    [InlineData("src/Daypass.Core/Policies", "TimeProvider")]
    public void What_is_pure_does_not_mention_what_is_not(string folder, string word) =>
        Assert.Empty(Repository.Sources(folder).Where(path => File.ReadAllText(path).Contains(word, StringComparison.Ordinal)).Select(Path.GetFileName));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj")).Descendants(kind)
            .Select(reference => ((string)reference.Attribute("Include")!).Replace('\\', '/'));
}
