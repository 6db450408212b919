using System.Collections.Frozen;
using Daypass.Names;
using Daypass.Tokens;

namespace Daypass.Service.Federation.Saml;

/// <summary>What an assertion says as condition keys: what STS itself takes from it, and the directory attributes that AWS lists, by their OIDs and claim names.</summary>
internal static class SamlKeys
{
    private const string Edu = "urn:oid:1.3.6.1.4.1.5923.1.";
    private const string Claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    // Attribute, key, and whether the key holds one value. One that has several all the same shows them all: whichever was left out might be the one that a Deny looks for.
    private static readonly (string Attribute, string Key, bool IsOne)[] Table =
    [
        (Edu + "1.1.1", "edupersonaffiliation", false), (Edu + "1.1.2", "edupersonnickname", false), (Edu + "1.1.3", "edupersonorgdn", true),
        (Edu + "1.1.4", "edupersonorgunitdn", false), (Edu + "1.1.5", "edupersonprimaryaffiliation", true), (Edu + "1.1.6", "edupersonprincipalname", true),
        (Edu + "1.1.7", "edupersonentitlement", false), (Edu + "1.1.8", "edupersonprimaryorgunitdn", true), (Edu + "1.1.9", "edupersonscopedaffiliation", false),
        (Edu + "1.1.10", "edupersontargetedid", false), (Edu + "1.1.11", "edupersonassurance", false),
        (Edu + "1.2.2", "eduorghomepageuri", false), (Edu + "1.2.3", "eduorgidentityauthnpolicyuri", false), (Edu + "1.2.4", "eduorglegalname", false),
        (Edu + "1.2.5", "eduorgsuperioruri", false), (Edu + "1.2.6", "eduorgwhitepagesuri", false),
        ("urn:oid:2.5.4.3", "cn", false), ("urn:oid:2.5.4.3", "commonName", true), ("urn:oid:2.5.4.4", "surname", true), ("urn:oid:2.5.4.41", "name", true),
        ("urn:oid:2.5.4.42", "givenName", true), ("urn:oid:2.5.4.45", "x500UniqueIdentifier", true), ("urn:oid:0.9.2342.19200300.100.1.1", "uid", true),
        ("urn:oid:0.9.2342.19200300.100.1.3", "mail", true), ("urn:oid:0.9.2342.19200300.100.1.45", "organizationStatus", true),
        (Claims + "name", "name", true), (Claims + "givenname", "givenName", true), (Claims + "surname", "surname", true), (Claims + "emailaddress", "mail", true),
        ("http://schemas.xmlsoap.org/claims/CommonName", "commonName", true), ("http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", "primaryGroupSID", true),
    ];

    private static readonly FrozenDictionary<string, (string Key, bool IsOne)[]> ByAttribute =
        Table.GroupBy(row => row.Attribute, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.Select(row => (row.Key, row.IsOne)).ToArray(), StringComparer.Ordinal);

    /// <summary>Those that the session keeps, as AWS has it.</summary>
    public static IReadOnlyList<FederatedKey> Kept(Assertion assertion, SamlProvider provider, AccountId account) =>
        [One("namequalifier", provider.QualifierIn(account)), One("sub", assertion.Subject), One("sub_type", SubjectType(assertion))];

    /// <summary>All of them, for the trust policy.</summary>
    public static IReadOnlyList<FederatedKey> All(Assertion assertion, SamlProvider provider, AccountId account) =>
    [
        .. Kept(assertion, provider, account), One("aud", assertion.Recipient), One("iss", assertion.Issuer), One("doc", $"{account}/{provider.Name}"),
        .. assertion.Attributes.SelectMany(Directory).GroupBy(key => key.Name, StringComparer.OrdinalIgnoreCase).Select(Joined),
    ];

    /// <summary>The format of the subject's name as AWS shows it: <c>persistent</c>, <c>transient</c>, or a whole URI of another kind.</summary>
    public static string SubjectType(Assertion assertion) =>
        assertion.SubjectFormat.StartsWith(SamlNames.NameFormat, StringComparison.Ordinal) ? assertion.SubjectFormat[SamlNames.NameFormat.Length..] : assertion.SubjectFormat;

    private static IEnumerable<FederatedKey> Directory(SamlAttribute attribute)
    {
        var values = attribute.Values.OfType<string>().ToList();
        return values.Count == 0 || values.Count < attribute.Values.Count || !ByAttribute.TryGetValue(attribute.Name, out var keys)
            ? []
            : keys.Select(key => new FederatedKey("saml:" + key.Key, values, !key.IsOne || values.Count > 1));
    }

    // The same thing by its OID and by its claim name.
    private static FederatedKey Joined(IGrouping<string, FederatedKey> keys)
    {
        string[] values = [.. keys.SelectMany(key => key.Values).Distinct(StringComparer.Ordinal)];
        return new FederatedKey(keys.Key, values, values.Length > 1 || keys.Any(key => key.IsList));
    }

    private static FederatedKey One(string name, string value) => new("saml:" + name, [value], false);
}
