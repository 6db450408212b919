using System.Reflection;
using Xunit.Sdk;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A theory that is skipped, with the reason, where one of its tools is missing. On CI it is not skipped: it fails.</summary>
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params string[] tools) => Skip = tools.Select(Tool.ReasonToSkip).FirstOrDefault(reason => reason is not null);
}

/// <summary>One row for each generation of a tool.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachGenerationAttribute(string tool) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Tool.GenerationsOf(tool).Select(generation => new object[] { generation });
}

/// <summary>One row for each promise in a script, and each generation of what runs it. A promise is a public function of the script.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachPromiseAttribute(string tool, string script) : DataAttribute
{
    private static readonly string[] Beginnings = ["def ", "export async function "];

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        var promises = File.ReadLines(Path.Combine(Tool.ScriptFolder(tool == Tool.Node ? "node" : "python"), script)).Select(NameIn).OfType<string>().ToList();
        return Tool.GenerationsOf(tool).SelectMany(generation => promises.Select(promise => new object[] { generation, promise }));
    }

    private static string? NameIn(string line) =>
        Beginnings.FirstOrDefault(beginning => line.StartsWith(beginning, StringComparison.Ordinal)) is { } beginning && line[beginning.Length] != '_'
            ? line[beginning.Length..line.IndexOf('(', StringComparison.Ordinal)]
            : null;
}
