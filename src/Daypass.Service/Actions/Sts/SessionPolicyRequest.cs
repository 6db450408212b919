using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>The session policies that a call passes: one inline document and up to ten ARNs. Together they only ever narrow.</summary>
internal sealed record SessionPolicyRequest(string? Inline, IReadOnlyList<string> Arns)
{
    private const int MaxArns = 10;

    /// <summary>Plain text limit of the inline document and the managed ones together, white space counted.</summary>
    private const int MaxPlainText = 2048;

    /// <summary>What the inline document is written in.</summary>
    public PolicySyntax Syntax { get; init; } = PolicySyntax.Aws;

    public bool IsEmpty => Inline is null && Arns.Count == 0;

    /// <summary>The <c>Policy</c> and <c>PolicyArns</c> of a request.</summary>
    /// <param name="rule">The model has no limit for the inline document of AssumeRole, and one for all other actions.</param>
    public static SessionPolicyRequest Read(Parameters wire, TextRule rule)
    {
        var members = wire.Members("PolicyArns");
        wire.LimitCount("PolicyArns", members.Count, MaxArns);
        return new SessionPolicyRequest(
            wire.Text("Policy", rule),
            [.. members.Select(member => wire.RequiredText(member + ".arn", TextRules.StsArn))]);
    }

    /// <summary>Refuses documents that do not parse, policies that do not exist in the account, and more text than there is room for.</summary>
    /// <param name="directory">The account that the session will be of.</param>
    /// <param name="holder">What the session will be of: the role or the user.</param>
    public void Check(AccountDirectory directory, string holder)
    {
        if (IsEmpty)
            return;
        if (Inline is not null && PolicyDocument.TryParse(Inline, PolicyType.Session, Syntax, out var error) is null)
            throw PolicyDocuments.Malformed(error!, PolicyType.Session, Syntax);
        var length = Inline?.Length ?? 0;
        foreach (var arn in Arns)
        {
            if (!Arn.TryParse(arn, out _))
                throw Errors.ValidationError($"{arn} is invalid");
            var policy = directory.FindPolicy(arn) ?? throw Errors.MalformedPolicyDocument($"PolicyArn {arn} does not exist or is not in the {holder}'s account.");
            length += policy.Default.Document.Length;
        }
        if (length > MaxPlainText)
        {
            throw Errors.PackedPolicyTooLarge(
                ((length * 100) + MaxPlainText - 1) / MaxPlainText,
                $"The inline policy and the managed ones have {length} characters together, and {MaxPlainText} is the most.");
        }
    }
}
