using System.Globalization;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>Policies that a caller passes as text. They are numbered, and named by their parameter and number in results.</summary>
internal static class InputPolicies
{
    /// <summary>A list that must be there but may be empty: SDKs send an empty list as the bare name.</summary>
    public static IReadOnlyList<string> ReadRequired(Parameters wire, string name)
    {
        var texts = Read(wire, name);
        if (texts.Count == 0 && wire.Raw(name) is null)
            wire.Missing(name);
        return texts;
    }

    public static IReadOnlyList<string> Read(Parameters wire, string name) => wire.Texts(name, TextRules.PolicyDocument);

    /// <summary>
    /// The documents of a list. As session policies, whose grammar is that of identity policies but for the version: AWS's simulator takes
    /// documents without one.
    /// </summary>
    /// <exception cref="ApiException">InvalidInput, with the number of the document and what is wrong with it.</exception>
    public static IReadOnlyList<Policy> Parse(IReadOnlyList<string> texts, string name, PolicyType type = PolicyType.Session) =>
        [.. texts.Select((text, index) => Parse(text, type, Numbered(name, index), string.Create(CultureInfo.InvariantCulture, $"{Spoken(name)} list item {index + 1}")))];

    /// <summary>One document that <paramref name="spoken"/> names in errors.</summary>
    /// <exception cref="ApiException">InvalidInput.</exception>
    public static Policy Parse(string text, PolicyType type, string id, string spoken) =>
        PolicyDocument.TryParse(text, type, out var error) is { } document
            ? new Policy(document, id, null)
            : throw Errors.InvalidInput(string.Create(
                CultureInfo.InvariantCulture, $"{spoken} has invalid content: {error!.Message} (line {error.Position.Line}, column {error.Position.Column})"));

    /// <summary>How results name a document: <c>PolicyInputList.1</c>.</summary>
    public static string Numbered(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}.{index + 1}");

    // AWS says "Policy input list item 1"; the others are said likewise.
    private static string Spoken(string name) => name switch
    {
        "PolicyInputList" => "Policy input",
        "PermissionsBoundaryPolicyInputList" => "Permissions boundary policy input",
        "SessionPolicyInputList" => "Session policy input",
        _ => "Service control policy input",
    };
}
