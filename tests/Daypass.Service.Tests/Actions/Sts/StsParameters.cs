using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>
/// Every parameter of every STS action at the edges that AWS's model of STS gives it: the shortest and the longest are taken, one less and one
/// more are refused, and so is a character that the pattern does not have. The tables are the model's, written again from it.
/// </summary>
public sealed class StsParameters
{
    private const string Name = @"[\w+=,.@-]*";
    private const string Policy = @"[\u0009\u000A\u000D\u0020-\u00FF]+";
    private const string Arn = @"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+";
    private const string TagKey = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+";
    private const string TagValue = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*";
    private const int None = int.MaxValue;
    private static readonly ActionCatalog Catalog = new();

    // What a call has at the least, and what parameters may need beside them.
    private static readonly Dictionary<string, (string Name, string Value)[]> Least = new()
    {
        ["AssumeRole"] = [("RoleArn", StsWorld.ArnOf("first")), ("RoleSessionName", "session")],
        ["AssumeRoleWithLDAPIdentity"] = [("LDAPUsername", "alice"), ("LDAPPassword", "EXAMPLE")],
        ["AssumeRoleWithSAML"] = [("RoleArn", StsWorld.ArnOf("first")), ("PrincipalArn", "arn:aws:iam::123456789012:saml-provider/corp"), ("SAMLAssertion", "EXAMPLE")],
        ["AssumeRoleWithWebIdentity"] = [("RoleArn", StsWorld.ArnOf("first")), ("RoleSessionName", "session"), ("WebIdentityToken", "EXAMPLE")],
        ["AssumeRoot"] = [("TargetPrincipal", "210987654321"), ("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy")],
        ["DecodeAuthorizationMessage"] = [("EncodedMessage", "EXAMPLE")],
        ["GetAccessKeyInfo"] = [("AccessKeyId", "ASIAY34FZKBOKMUTVV7A")],
        ["GetCallerIdentity"] = [],
        ["GetFederationToken"] = [("Name", "bob")],
        ["GetSessionToken"] = [],
        ["GetWebIdentityToken"] = [("Audience.member.1", "app"), ("SigningAlgorithm", "RS256")],
    };

    /// <summary>Action, parameter, least and greatest length, pattern, and characters that the pattern has not.</summary>
    private static readonly (string Actions, string Parameter, int Least, int Most, string Pattern, string Others)[] Texts =
    [
        ("AssumeRole AssumeRoleWithLDAPIdentity AssumeRoleWithSAML AssumeRoleWithWebIdentity", "RoleArn", 20, 2048, Arn, "\u0000\u0008\u000b\u007f\u009f\ufffe"),
        ("AssumeRole AssumeRoleWithWebIdentity", "RoleSessionName", 2, 64, Name, " /:*é\n\u212a\u0661"),
        ("AssumeRole AssumeRoleWithLDAPIdentity AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken", "PolicyArns.member.1.arn", 20, 2048, Arn, "\u0000\u001f\u007f"),
        ("AssumeRole", "Policy", 1, None, Policy, "\u0000\u0100\u212a"),
        ("AssumeRoleWithLDAPIdentity AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken", "Policy", 1, 2048, Policy, "\u0000\u0100\u212a"),
        ("AssumeRole GetFederationToken GetWebIdentityToken", "Tags.member.1.Key", 1, 128, TagKey, "*<\n\u0000!"),
        ("AssumeRole GetFederationToken GetWebIdentityToken", "Tags.member.1.Value", 0, 256, TagValue, "*<\n\u0000!"),
        ("AssumeRole", "TransitiveTagKeys.member.1", 1, 128, TagKey, "*<\n\u0000!"),
        ("AssumeRole", "ExternalId", 2, 1224, @"[\w+=,.@:\/-]*", " *é\n"),
        ("AssumeRole GetSessionToken", "SerialNumber", 9, 256, @"[\w+=/:,.@-]*", " *é\n"),
        ("AssumeRole GetSessionToken", "TokenCode", 6, 6, @"[\d]*", "a \n\u0661"),
        ("AssumeRole", "SourceIdentity", 2, 64, Name, " /:*é\n\u212a\u0661"),
        ("AssumeRole", "ProvidedContexts.member.1.ProviderArn", 20, 2048, Arn, "\u0000\u001f\u007f"),
        ("AssumeRole", "ProvidedContexts.member.1.ContextAssertion", 4, 2048, "", ""),
        // MinIO's action has no model; lengths and characters are ours.
        ("AssumeRoleWithLDAPIdentity", "LDAPUsername", 1, 256, @"[^\p{C}]+", "\u0000\n\u200b\u202e\u00ad\ufeff\ud800"),
        ("AssumeRoleWithLDAPIdentity", "LDAPPassword", 1, 1024, "", ""),
        ("AssumeRoleWithLDAPIdentity", "ProviderArn", 20, 2048, Arn, "\u0000\u0008\u000b\u007f\u009f\ufffe"),
        ("AssumeRoleWithSAML", "PrincipalArn", 20, 2048, Arn, "\u0000\u0008\u000b\u007f\u009f\ufffe"),
        ("AssumeRoleWithSAML", "SAMLAssertion", 4, 100000, "", ""),
        ("AssumeRoleWithWebIdentity", "WebIdentityToken", 4, 20000, "", ""),
        ("AssumeRoleWithWebIdentity", "ProviderId", 4, 2048, "", ""),
        ("AssumeRoot", "TargetPrincipal", 12, 2048, "", ""),
        ("AssumeRoot", "TaskPolicyArn.arn", 20, 2048, Arn, "\u0000\u001f\u007f"),
        ("DecodeAuthorizationMessage", "EncodedMessage", 1, 10240, "", ""),
        ("GetAccessKeyInfo", "AccessKeyId", 16, 128, @"[\w]*", " -é\n"),
        ("GetFederationToken", "Name", 2, 32, Name, " /:*é\n"),
        ("GetWebIdentityToken", "Audience.member.1", 1, 1000, "", ""),
    ];

    private static readonly (string Actions, string Parameter, int Least, int Most)[] Lists =
    [
        ("AssumeRole GetFederationToken GetWebIdentityToken", "Tags.member.N.Key", 0, 50),
        ("AssumeRole", "TransitiveTagKeys.member.N", 0, 50),
        // The model has no limit for these; the guide says ten.
        ("AssumeRole AssumeRoleWithLDAPIdentity AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken", "PolicyArns.member.N.arn", 0, 10),
        ("AssumeRole", "ProvidedContexts.member.N.ProviderArn", 1, 5),
        ("GetWebIdentityToken", "Audience.member.N", 1, 10),
    ];

    private static readonly (string Actions, int Least, int Most)[] Durations =
    [
        ("AssumeRole AssumeRoleWithLDAPIdentity AssumeRoleWithSAML AssumeRoleWithWebIdentity", 900, 43200),
        ("AssumeRoot", 0, 900),
        ("GetSessionToken GetFederationToken", 900, 129600),
        ("GetWebIdentityToken", 60, 3600),
    ];

    public static IEnumerable<object[]> EachText => Texts.SelectMany(row => row.Actions.Split(' ').Select(action => new object[] { action, row.Parameter, row.Least, row.Most, row.Pattern, row.Others }));

    public static IEnumerable<object[]> EachList => Lists.SelectMany(row => row.Actions.Split(' ').Select(action => new object[] { action, row.Parameter, row.Least, row.Most }));

    public static IEnumerable<object[]> EachDuration => Durations.SelectMany(row => row.Actions.Split(' ').Select(action => new object[] { action, row.Least, row.Most }));

    public static IEnumerable<object[]> EachRequired => Least.SelectMany(row => row.Value.Select(parameter => new object[] { row.Key, parameter.Name }));

    [Theory, MemberData(nameof(EachText))]
    public void A_text_has_its_lengths_and_its_characters(string action, string parameter, int least, int most, string pattern, string others)
    {
        var letter = parameter == "TokenCode" ? '1' : 'a';
        Assert.Empty(ViolationsOf(action, (parameter, new string(letter, least))));
        if (least > 0)
            Refused(action, parameter, new string(letter, least - 1), $"Member must have length greater than or equal to {least}");
        if (most != None)
        {
            Assert.Empty(ViolationsOf(action, (parameter, new string(letter, most))));
            Refused(action, parameter, new string(letter, most + 1), $"Member must have length less than or equal to {most}");
        }
        if (least == 1 && pattern.EndsWith('+'))
            Refused(action, parameter, "", $"Member must satisfy regular expression pattern: {pattern}");
        foreach (var other in others)
            Refused(action, parameter, new string(letter, Math.Max(least, 1) - 1) + other + (parameter == "TokenCode" ? "" : "a"), $"Member must satisfy regular expression pattern: {pattern}");
    }

    [Theory, MemberData(nameof(EachList))]
    public void A_list_has_its_lengths(string action, string parameter, int least, int most)
    {
        (string Name, string)[] Members(int count) => [.. Enumerable.Range(1, count).SelectMany(i => Member(parameter, i))];
        Assert.Empty(ViolationsOf(action, Members(most)));
        var name = parameter[..parameter.IndexOf('.', StringComparison.Ordinal)];
        Assert.Contains($"Value '...' at '{Field(name)}' failed to satisfy constraint: Member must have length less than or equal to {most}", ViolationsOf(action, Members(most + 1)));
        // As all SDKs write the empty list.
        Assert.Equal(
            least == 0 ? [] : [$"Value '[]' at '{Field(name)}' failed to satisfy constraint: Member must have length greater than or equal to {least}"],
            ViolationsOf(action, without: name, (name, "")));
    }

    [Theory, MemberData(nameof(EachDuration))]
    public void A_duration_has_its_bounds(string action, int least, int most)
    {
        foreach (var (seconds, limit) in new[] { (least - 1, $"greater than or equal to {least}"), (most + 1, $"less than or equal to {most}"), (int.MinValue, $"greater than or equal to {least}"), (int.MaxValue, $"less than or equal to {most}") })
            Refused(action, "DurationSeconds", $"{seconds}", "Member must have value " + limit);
        foreach (var seconds in new[] { least, least + 1, most - 1, most })
            Assert.Empty(ViolationsOf(action, ("DurationSeconds", $"{seconds}")));
        foreach (var text in new[] { "", "an hour", "900.5", "0x384", "\u0669\u0660\u0660", "1e3", "99999999999999999999" })
            Assert.Equal("MalformedInput", Assert.Throws<ApiException>(() => ViolationsOf(action, ("DurationSeconds", text))).Error.Code);
    }

    [Theory, MemberData(nameof(EachRequired))]
    public void A_required_parameter_is_missed(string action, string parameter)
    {
        var field = parameter == "Audience.member.1" ? "audience" : Field(parameter);
        Assert.Equal([$"Value null at '{field}' failed to satisfy constraint: Member must not be null"], ViolationsOf(action, without: parameter));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() => Assert.Equal(
        [
            "Value '' at 'roleArn' failed to satisfy constraint: Member must satisfy regular expression pattern: " + Arn,
            "Value '' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
            "Value 'a:' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: " + Name,
            "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
        ],
        ViolationsOf("AssumeRole", ("RoleArn", ""), ("RoleSessionName", "a:"), ("DurationSeconds", "899")));

    [Fact]
    public void Each_action_and_each_of_its_parameters_is_in_the_tables()
    {
        Assert.Equal(Catalog.All.Where(action => action.Service == ActionCatalog.Sts).Select(action => action.Name).Order(), Least.Keys.Order());
        foreach (var action in Least.Keys)
            Assert.Equal(ReadBy(action).Order(), Listed(action).Distinct().Order());
    }

    // What the action has read of everything that any action of STS might read.
    private static IEnumerable<string> ReadBy(string action)
    {
        var all = Least.Values.SelectMany(least => least.Select(pair => pair.Name)).Concat(Texts.Select(row => row.Parameter)).Append("DurationSeconds").Distinct();
        var wire = new Parameters([.. all.Select(name => KeyValuePair.Create(name, name == "DurationSeconds" ? "900" : name == "TokenCode" ? "123456" : new string('a', 32)))]);
        Catalog.All.Single(api => api.Name == action).Bind(wire);
        return wire.ListUsed().Select(used => used.Name);
    }

    private static IEnumerable<string> Listed(string action) =>
        [.. Texts.Where(row => row.Actions.Split(' ').Contains(action)).Select(row => row.Parameter), .. Durations.Where(row => row.Actions.Split(' ').Contains(action)).Select(_ => "DurationSeconds"), .. Least[action].Select(pair => pair.Name)];

    private static void Refused(string action, string parameter, string value, string constraint)
    {
        var shown = parameter is "TokenCode" or "LDAPPassword" or "SAMLAssertion" or "WebIdentityToken" or "EncodedMessage" or "ProvidedContexts.member.1.ContextAssertion" ? "***" : Errors.Shorten(value);
        var said = ViolationsOf(action, (parameter, value));
        Assert.Contains($"Value '{shown}' at '{Field(parameter)}' failed to satisfy constraint: {constraint}", said);
    }

    private static string[] ViolationsOf(string action, params (string Name, string Value)[] more) => ViolationsOf(action, "", more);

    private static string[] ViolationsOf(string action, string without, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] all = [.. more, .. more.SelectMany(pair => Beside(pair.Name, pair.Value)), .. Least[action].Where(pair => without.Length == 0 || !pair.Name.StartsWith(without, StringComparison.Ordinal))];
        var wire = new Parameters([.. all.DistinctBy(pair => pair.Name).Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
        Catalog.All.Single(api => api.Name == action).Bind(wire);
        return [.. wire.Violations.Select(violation => violation.Message)];
    }

    // A tag has both parts, and what is transitive is a tag.
    private static IEnumerable<(string Name, string Value)> Beside(string parameter, string value) => parameter.Split('.') switch
    {
        ["Tags", .., "Key"] => [(parameter[..^3] + "Value", "v")],
        ["Tags", .., "Value"] => [(parameter[..^5] + "Key", "k")],
        ["TransitiveTagKeys", _, var i] when value.Length is > 0 and <= 128 && value.All(char.IsLetterOrDigit) => [($"Tags.member.{i}.Key", value), ($"Tags.member.{i}.Value", "v")],
        _ => [],
    };

    private static (string, string)[] Member(string parameter, int i) => [(parameter.Replace("N", $"{i}", StringComparison.Ordinal), $"key{i:00}ofagoodlengthexample")];

    private static string Field(string parameter)
    {
        var name = parameter.Replace(".member.1", ".1.member", StringComparison.Ordinal);
        return string.Join('.', name.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
    }
}
