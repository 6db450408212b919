using System.Globalization;
using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>What a proven assertion says (SAML 2.0 core, section 2). Made from the very element that the signature covers.</summary>
internal sealed record Assertion
{
    // SAML core, sections 8.3.7 and 8.3.8, for the names that providers make. Sessions and trails have to hold them.
    private const int MaxName = 256;

    private static readonly string[] KnownConditions = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];

    public required string Id { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    /// <summary>The <c>Format</c> of the subject's name.</summary>
    public required string SubjectFormat { get; init; }

    /// <summary>Where it was meant to be delivered.</summary>
    public required string Recipient { get; init; }

    /// <summary>The request that its subject's confirmation answers; null where the provider began by itself.</summary>
    public string? InResponseTo { get; init; }

    /// <summary>When it can be delivered no more: the earlier of what its subject's confirmation and its conditions say.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>For whom; it must be for us in each of the lists.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Audiences { get; init; }

    /// <summary>Whether it must not be used again, whatever else is allowed here (SAML core, section 2.5.1.5).</summary>
    public bool IsForOneUse { get; init; }

    /// <summary>When the session at the provider ends, if it says so.</summary>
    public DateTimeOffset? SessionEndsAt { get; init; }

    public required IReadOnlyList<SamlAttribute> Attributes { get; init; }

    /// <exception cref="XmlRefusedException">Something that is needed is missing, there twice, or of a kind that is not known here.</exception>
    public static Assertion Read(XmlElement assertion)
    {
        if (assertion.Attribute("Version") != "2.0")
            throw new XmlRefusedException("its Assertion is not of SAML 2.0");
        var subject = assertion.Require(SamlNames.Assertion, "Subject");
        var name = subject.Require(SamlNames.Assertion, "NameID");
        var confirmation = ConfirmationOf(subject);
        var conditions = ConditionsOf(assertion);
        return new Assertion
        {
            Id = assertion.Attribute("ID") is { Length: > 0 } id ? id : throw new XmlRefusedException("its Assertion has no ID"),
            IssuedAt = Time(assertion, "IssueInstant") ?? throw new XmlRefusedException("its Assertion has no IssueInstant"),
            Issuer = assertion.Require(SamlNames.Assertion, "Issuer").RequireText(),
            Subject = Short(name.RequireText(), "NameID"),
            SubjectFormat = name.Attribute("Format") is { } format ? Short(format, "NameID's Format") : "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
            Recipient = confirmation.Attribute("Recipient") ?? throw new XmlRefusedException("its SubjectConfirmationData has no Recipient"),
            InResponseTo = confirmation.Attribute("InResponseTo"),
            EndsAt = Earlier(Time(confirmation, "NotOnOrAfter") ?? throw new XmlRefusedException("its SubjectConfirmationData has no NotOnOrAfter"), Time(conditions, "NotOnOrAfter")),
            StartsAt = Time(conditions, "NotBefore"),
            Audiences = [.. conditions.Elements(SamlNames.Assertion, "AudienceRestriction").Select(each => each.Elements(SamlNames.Assertion, "Audience").Select(audience => audience.RequireText()).ToList())],
            IsForOneUse = conditions.Elements(SamlNames.Assertion, "OneTimeUse").Any(),
            SessionEndsAt = assertion.Elements(SamlNames.Assertion, "AuthnStatement").Select(statement => Time(statement, "SessionNotOnOrAfter")).Min(),
            Attributes = AttributesOf(assertion),
        };
    }

    private static string Short(string text, string what) =>
        text.Length <= MaxName && !text.Any(char.IsControl) ? text : throw new XmlRefusedException($"its {what} has more than {MaxName} characters, or control characters");

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    // Whoever has it may use it: any other kind of confirmation would have to be checked, and cannot be.
    private static XmlElement ConfirmationOf(XmlElement subject)
    {
        var confirmation = subject.Require(SamlNames.Assertion, "SubjectConfirmation");
        if (confirmation.Attribute("Method") != SamlNames.Bearer)
            throw new XmlRefusedException("its SubjectConfirmation is not that of a bearer");
        var data = confirmation.Require(SamlNames.Assertion, "SubjectConfirmationData");
        return data.Attribute("NotBefore") is null ? data : throw new XmlRefusedException("its SubjectConfirmationData has a NotBefore, which bearers' may not have");
    }

    private static XmlElement ConditionsOf(XmlElement assertion)
    {
        var conditions = assertion.Require(SamlNames.Assertion, "Conditions");
        return conditions.Elements().All(condition => condition.NamespaceURI == SamlNames.Assertion && KnownConditions.Contains(condition.LocalName, StringComparer.Ordinal))
            ? conditions
            : throw new XmlRefusedException("its Conditions have one of an unknown kind");
    }

    private static List<SamlAttribute> AttributesOf(XmlElement assertion) =>
    [
        .. assertion.Elements(SamlNames.Assertion, "AttributeStatement").SelectMany(statement => statement.Elements(SamlNames.Assertion, "Attribute"))
            .GroupBy(attribute => attribute.Attribute("Name") ?? throw new XmlRefusedException("its Attribute has no Name"), StringComparer.Ordinal)
            .Select(group => new SamlAttribute(group.Key, [.. group.SelectMany(attribute => attribute.Elements(SamlNames.Assertion, "AttributeValue")).Select(value => value.Text()?.Trim(' ', '\t', '\r', '\n'))])),
    ];

    // In UTC, as SAML has it (core, section 1.3.3); fractions of seconds count for nothing.
    private static DateTimeOffset? Time(XmlElement element, string name)
    {
        const int Seconds = 19;
        if (element.Attribute(name) is not { } text)
            return null;
        var rest = text.Length > Seconds ? text.AsSpan(Seconds) : "";
        var isUtc = rest is "Z" || (rest.Length is > 2 and < 12 && rest[0] == '.' && rest[^1] == 'Z' && !rest[1..^1].ContainsAnyExceptInRange('0', '9'));
        return isUtc && DateTimeOffset.TryParseExact(text.AsSpan(0, Seconds), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new XmlRefusedException($"its {name} is no time in UTC");
    }
}
