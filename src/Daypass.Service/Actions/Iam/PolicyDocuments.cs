using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>Checks policy texts before they are stored. They are stored byte for byte as sent.</summary>
internal static class PolicyDocuments
{
    /// <summary>The document that a text in AWS's syntax says.</summary>
    /// <exception cref="ApiException">MalformedPolicyDocument, with the reason.</exception>
    public static PolicyDocument Parse(string text, PolicyType type) => Parse(text, type, PolicySyntax.Aws);

    /// <summary>The same in any syntax.</summary>
    /// <exception cref="ApiException">MalformedPolicyDocument, with the reason.</exception>
    public static PolicyDocument Parse(string text, PolicyType type, PolicySyntax syntax) =>
        PolicyDocument.TryParse(text, type, syntax, out var error) ?? throw Malformed(error!, type, syntax);

    /// <summary>The refusal of a document.</summary>
    public static ApiException Malformed(PolicyError error, PolicyType type, PolicySyntax syntax) =>
        syntax.Mark is null ? Errors.MalformedPolicyDocument(error.Message) : Errors.MalformedPolicyDocument(Located(error), UprojectParameters.DocumentOf(type));

    // AWS's clients know AWS's sentence by heart; the others have no tool here that would tell where it is.
    private static string Located(PolicyError error) => $"{error.Message.TrimEnd('.')}, at line {error.Position.Line}, column {error.Position.Column} of the policy.";

    /// <summary>A checked text within its quota.</summary>
    /// <exception cref="ApiException">MalformedPolicyDocument or LimitExceeded.</exception>
    public static PolicyDocument Parse(string text, PolicyType type, Quota size, PolicySyntax? syntax = null)
    {
        var document = Parse(text, type, syntax ?? PolicySyntax.Aws);
        size.AdmitSize(document.SizeWithoutWhiteSpace);
        return document;
    }

    /// <summary>Refuses more inline policy than one holder may have; all of its inline policies count together.</summary>
    /// <exception cref="ApiException">LimitExceeded.</exception>
    public static void CheckInlineSize(IEnumerable<InlinePolicy> policies, int limit, string noun, string name)
    {
        if (policies.Sum(policy => CompiledPolicies.Get(policy.Document, PolicyType.Identity, policy.Syntax).SizeWithoutWhiteSpace) > limit)
            throw Errors.LimitExceeded($"Maximum policy size of {limit} bytes exceeded for {noun} {name}");
    }
}
