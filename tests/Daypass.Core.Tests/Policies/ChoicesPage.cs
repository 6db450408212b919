using System.Globalization;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>docs/reference/policy-choices.md is written from the code. DAYPASS_WRITE_DOCS=1 writes it anew.</summary>
public sealed class ChoicesPage
{
    private const string Head = """
        # Policy choices

        Where AWS's documentation of the policy language is silent or contradicts itself, Daypass has one named choice, and here they all are. Each is one
        member of `PolicyChoices` in Daypass.Core; this page is made from it, and a test keeps it so.

        | Choice | Value | Meaning |
        |---|---|---|

        """;

    [Fact]
    public void The_page_lists_every_choice_as_the_code_makes_it()
    {
        var page = Path.Combine(Root(AppContext.BaseDirectory), "docs", "reference", "policy-choices.md");
        var expected = Head + Rows();
        if (Environment.GetEnvironmentVariable("DAYPASS_WRITE_DOCS") == "1")
            File.WriteAllText(page, expected);
        Assert.Equal(expected, File.ReadAllText(page));
    }

    private static string Rows()
    {
        var summaries = XDocument.Load(Path.ChangeExtension(typeof(PolicyDocument).Assembly.Location, ".xml")).Descendants("member").Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal);
        var type = typeof(PolicyChoices);
        var rows = new StringBuilder();
        foreach (var member in type.GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(member => member is PropertyInfo or FieldInfo).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var value = member is PropertyInfo property ? property.GetValue(null) : ((FieldInfo)member).GetRawConstantValue();
            rows.Append(CultureInfo.InvariantCulture, $"| {member.Name} | {value} | {summaries[$"{(member is PropertyInfo ? 'P' : 'F')}:{type.FullName}.{member.Name}"]} |\n");
        }
        return rows.ToString();
    }

    private static string Text(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(node => node is XElement code ? $"`{code.Value}`" : node.ToString())).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Daypass.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
