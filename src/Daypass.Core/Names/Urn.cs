using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Daypass.Names;

/// <summary>
/// A Uniform Cloud Resource Name, <c>ucs:product:region:company:resource</c>: an ARN without the partition, whose account is a plain number.
/// Inside of Daypass names are ARNs; this is the way in and out, pure and without loss: each URN is one ARN of the partition <c>aws</c>.
/// </summary>
/// <remarks>
/// The word before the first colon differs between the brands of one cloud. The same word in place of the company stands for the
/// cloud itself, as <c>aws</c> does for AWS: <c>ucs:iam::ucs:policy/AdministratorAccess</c> is <c>arn:aws:iam::ucs:policy/AdministratorAccess</c>, whatever
/// the brand, and not the policy of this name that AWS has, which is <c>ucs:iam::aws:policy/AdministratorAccess</c>.
/// </remarks>
public sealed record Urn
{
    /// <summary>The first field, unless an installation says otherwise.</summary>
    public const string DefaultPrefix = "ucs";

    /// <summary>What stands for the cloud itself where an ARN has an account, whatever the prefix of its URNs.</summary>
    public const string Cloud = "ucs";

    internal const int Count = 5;

    private const string Aws = "aws";

    private const string ArnPrefix = "arn:aws:";

    private Urn(string prefix, string product, string region, string company, string resource)
    {
        Prefix = prefix;
        Product = product;
        Region = region;
        Company = company;
        Resource = resource;
    }

    /// <summary>For example <c>ucs</c>.</summary>
    public string Prefix { get; }

    /// <summary>For example <c>uhost</c>.</summary>
    public string Product { get; }

    /// <summary>Empty for what is in no region.</summary>
    public string Region { get; }

    /// <summary>The company as written: empty, <see cref="Prefix"/> for the cloud itself, <c>aws</c>, or a number without leading zeros.</summary>
    public string Company { get; }

    /// <summary>Everything after the fourth colon.</summary>
    public string Resource { get; }

    /// <summary>The company as an account, if it is one.</summary>
    public AccountId? AccountId => TryReadCompany(Company, out var account) ? account : null;

    /// <summary>Reads a complete URN: five fields, product and resource not empty, a company that is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="urn">The name; a company is written without leading zeros.</param>
    /// <param name="prefix">What the first field must be.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Urn? urn, string prefix = DefaultPrefix)
    {
        urn = null;
        if (text is null || ToArnText(text, prefix) is not { } arn || !Arn.TryParse(arn, out var name))
            return false;
        urn = Of(name, prefix);
        return urn is not null;
    }

    /// <summary>The URN of an ARN; null for one of another partition than <c>aws</c> or with an account that is none.</summary>
    public static Urn? Of(Arn arn, string prefix = DefaultPrefix)
    {
        if (arn.Partition != "aws")
            return null;
        var company = CompanyOf(arn.Account, prefix);
        return company is null ? null : new Urn(prefix, arn.Service, arn.Region, company, arn.Resource);
    }

    /// <summary>The same name as an ARN of the partition <c>aws</c>.</summary>
    public Arn ToArn() => Arn.Of(Product, Region, FieldOf(Company, Prefix)!, Resource);

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}:{Product}:{Region}:{Company}:{Resource}";

    /// <summary>
    /// The ARN, or pattern of one, that a URN or pattern of one stands for: also one with fewer fields. Null if it has another prefix, or a
    /// company that is none; wildcards stand for all companies or none, since parts of a number are other digits in an ARN.
    /// </summary>
    internal static string? ToArnText(string text, string prefix)
    {
        if (!IsMarked(text, prefix))
            return null;
        var fields = text.Split(':', Count);
        if (fields.Length > 3)
        {
            if (FieldOf(fields[3], prefix) is not { } account)
                return null;
            fields[3] = account;
        }
        return ArnPrefix + string.Join(':', fields[1..]);
    }

    /// <summary>Whether a text means to be a URN.</summary>
    internal static bool IsMarked(string text, string prefix) =>
        text.Length > prefix.Length && text[prefix.Length] == ':' && text.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>What a URN has in place of an ARN's account; null for an account that is none.</summary>
    internal static string? CompanyOf(string account, string prefix) => account switch
    {
        "" => "",
        Cloud => prefix,
        Aws => Aws,
        _ => Names.AccountId.TryParse(account, out var id) ? id.Number.ToString(CultureInfo.InvariantCulture) : null,
    };

    private static string? FieldOf(string company, string prefix)
    {
        if (company is "" or "*" or Aws)
            return company;
        if (company == prefix)
            return Cloud;
        return TryReadCompany(company, out var account) ? account.ToString() : null;
    }

    private static bool TryReadCompany(string company, out AccountId account)
    {
        var isNumber = company.Length is > 0 and <= 12;
        return Names.AccountId.TryParse(isNumber ? company.PadLeft(12, '0') : "", out account);
    }
}
