using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Common;

/// <summary>Names as the dialect's clients write and read them: URNs, for what are ARNs inside.</summary>
internal static class SceneNames
{
    /// <summary>Names of policies are short; the rest is room for paths.</summary>
    private static readonly TextRule PolicyName = TextRule.Of(1, 2048);

    /// <summary>What documents of the dialect are written in.</summary>
    public static PolicySyntax Syntax(this Scene scene) => scene.Settings.Brand.Syntax;

    /// <summary>A name as a URN; what has no URN stays an ARN.</summary>
    public static string UrnOf(this Scene scene, Arn arn) => Urn.Of(arn, scene.Syntax().UrnPrefix!)?.ToString() ?? arn.ToString();

    /// <inheritdoc cref="UrnOf(Scene, Arn)"/>
    public static string UrnOf(this Scene scene, string arn) => Arn.TryParse(arn, out var parsed) ? scene.UrnOf(parsed) : arn;

    /// <summary>The ARN of the policy that a URN names. What is no URN stays as it is, and is refused where it is looked at.</summary>
    public static string ReadPolicy(Parameters wire, string name) => ArnOf(wire, wire.RequiredText(name, PolicyName));

    /// <summary>The ARNs of a list of policies, each once. One that came without its number counts as the only one.</summary>
    public static IReadOnlyList<string> ReadPolicies(Parameters wire, string name, int most)
    {
        var (urns, alone) = (wire.Texts(name, PolicyName, most), wire.Text(name, PolicyName));
        if (alone is not null && urns.Count > 0)
            wire.Violate(alone, name, "Member must be absent beside numbered ones");
        if (alone is null && urns.Count == 0)
            wire.Missing(name);
        return [.. (alone is null ? urns : [alone]).Select(urn => ArnOf(wire, urn)).Distinct()];
    }

    private static string ArnOf(Parameters wire, string text) => Urn.TryParse(text, out var urn, wire.Syntax.UrnPrefix!) ? urn.ToArn().ToString() : text;
}
