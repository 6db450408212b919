using System.Text.Json.Nodes;
using Daypass.Policies;
using Daypass.Policies.Comparing;
using Daypass.Policies.Validation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>The documents and patterns of policy checks, which must be right before anything can be proven of them.</summary>
internal static class CheckedDocuments
{
    private const int MaxPatterns = 100;

    /// <exception cref="ApiException">InvalidParameterException: the parameter is no such policy.</exception>
    public static PolicyDocument Parse(string parameter, string text, string typeWord)
    {
        var type = AnalyzerInput.TypeOf(typeWord);
        var document = PolicyDocument.TryParse(text, type, out var error);
        // A trust policy is the resource policy of a role, though it names no resource.
        if (document is null && type == PolicyType.Resource)
            document = PolicyDocument.TryParse(text, PolicyType.Trust, out _);
        return document ?? throw Refuse(parameter, error!);
    }

    public static PolicyDocument Parse(string parameter, string text, PolicyType type) =>
        PolicyDocument.TryParse(text, type, out var error) ?? throw Refuse(parameter, error!);

    /// <summary>The one entry that <c>access</c> may have.</summary>
    public static AccessPattern? ReadAccess(Parameters wire)
    {
        var entries = wire.Members("access");
        wire.LimitCount("access", entries.Count, 1);
        if (entries.Count == 0 && wire.Raw("access") is null)
            wire.Missing("access");
        return entries.Count == 0 ? null : new AccessPattern(
            wire.Texts(entries[0] + ".actions", TextRules.Any, MaxPatterns), wire.Texts(entries[0] + ".resources", TextRule.Of(0, 2048), MaxPatterns));
    }

    /// <summary>Holds the patterns to the grammar of policies, and to asking for something: else a typing error would pass every check.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static AccessPattern Require(AccessPattern? access)
    {
        if (access is not { Actions.Count: > 0 } and not { Resources.Count: > 0 })
            throw Invalid("The parameter access must name an action or a resource.");
        if (access.Resources.Any(resource => resource.Contains("${", StringComparison.Ordinal)))
            throw Invalid("The parameter access must name resources without variables.");
        var statement = new JsonObject { ["Effect"] = "Allow", ["Action"] = Listed(access.Actions), ["Resource"] = Listed(access.Resources) };
        var policy = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statement };
        var text = policy.ToJsonString();
        if (PolicyDocument.TryParse(text, PolicyType.Identity, out var error) is null)
            throw Invalid($"The parameter access is not valid: {error!.Message}");
        // A policy may name an action that does not exist; to ask for one would prove nothing.
        return PolicyValidator.Validate(text, PolicyType.Identity).FirstOrDefault(finding => finding.IssueCode == "INVALID_ACTION") is { } unknown
            ? throw Invalid($"The parameter access is not valid: {unknown.Details}")
            : access;
    }

    private static JsonArray Listed(IReadOnlyList<string> patterns) => patterns.Count == 0 ? ["*"] : [.. patterns.Select(pattern => (JsonNode)pattern)];

    private static ApiException Refuse(string parameter, PolicyError error) =>
        Invalid($"The parameter {parameter} is not a valid policy (line {error.Position.Line}, column {error.Position.Column}): {error.Message}");

    private static ApiException Invalid(string message) => Errors.Service("InvalidParameterException", message);
}
