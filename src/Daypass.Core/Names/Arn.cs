using System.Diagnostics.CodeAnalysis;

namespace Daypass.Names;

/// <summary>
/// An Amazon Resource Name: <c>arn:partition:service:region:account:resource</c>. The sixth field keeps any further colons.
/// Only ARNs without wildcards are made of it by this project; patterns stay text.
/// </summary>
public sealed record Arn
{
    private readonly string _text;

    private Arn(string text, string partition, string service, string region, string account, string resource)
    {
        _text = text;
        Partition = partition;
        Service = service;
        Region = region;
        Account = account;
        Resource = resource;
    }

    /// <summary>For example <c>aws</c>.</summary>
    public string Partition { get; }

    /// <summary>For example <c>iam</c>.</summary>
    public string Service { get; }

    /// <summary>Empty for global services.</summary>
    public string Region { get; }

    /// <summary>The account field as written: empty (S3), <c>aws</c> (managed policies) or twelve digits.</summary>
    public string Account { get; }

    /// <summary>Everything after the fifth colon.</summary>
    public string Resource { get; }

    /// <summary>The account field as a number, if it is one.</summary>
    public AccountId? AccountId => Names.AccountId.TryParse(Account, out var account) ? account : null;

    /// <summary>Reads a complete ARN: six fields, prefix <c>arn</c>, partition, service and resource not empty.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Arn? arn)
    {
        arn = null;
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal))
            return false;
        Span<Range> fields = stackalloc Range[6];
        if (text.AsSpan().Split(fields, ':') != 6)
            return false;
        if (fields[1].Start.Value == fields[1].End.Value || fields[2].Start.Value == fields[2].End.Value || text.Length == fields[5].Start.Value)
            return false;
        arn = new Arn(text, text[fields[1]], text[fields[2]], text[fields[3]], text[fields[4]], text[fields[5]]);
        return true;
    }

    /// <summary>The account of a complete ARN, if its account field is a number; makes no copies of the fields.</summary>
    public static AccountId? AccountIn(ReadOnlySpan<char> arn)
    {
        Span<Range> fields = stackalloc Range[6];
        return arn.StartsWith("arn:", StringComparison.Ordinal) && arn.Split(fields, ':') == 6 && Names.AccountId.TryParse(arn[fields[4]], out var account)
            ? account
            : null;
    }

    /// <summary>Puts an ARN together from fields that are known to be valid.</summary>
    public static Arn Of(string service, string region, string account, string resource) =>
        new($"arn:aws:{service}:{region}:{account}:{resource}", "aws", service, region, account, resource);

    /// <summary>An ARN of IAM: no region. <paramref name="resource"/> such as <c>role/ops/Deployer</c>.</summary>
    public static Arn Iam(AccountId account, string resource) => Of("iam", "", account.ToString(), resource);

    /// <summary>An ARN of STS: no region. <paramref name="resource"/> such as <c>assumed-role/Deployer/alice</c>.</summary>
    public static Arn Sts(AccountId account, string resource) => Of("sts", "", account.ToString(), resource);

    /// <summary>The root of an account, which stands for the account itself in policies.</summary>
    public static Arn Root(AccountId account) => Iam(account, "root");

    /// <inheritdoc/>
    public bool Equals(Arn? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_text, StringComparison.Ordinal);

    /// <summary>The ARN as text.</summary>
    public override string ToString() => _text;
}
