using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>
/// Every refusal of STS that AWS is known to give, word for word: one row, one call, its code, status and whole text. What form alone gives is in
/// StsParameters, what tokens of identity providers give in the tests of federation.
/// </summary>
public sealed class StsErrors
{
    private const string Alice = "arn:aws:iam::123456789012:user/alice";
    private const string Session = "arn:aws:sts::123456789012:assumed-role/first/session";
    private const string MoreRoles = """["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]""";
    private static readonly (string, string)[] Token = [("Audience.member.1", "app"), ("SigningAlgorithm", "RS256")];

    private static readonly Dictionary<string, (Func<StsWorld, ApiError> Call, string Code, int Status, string Text)> Rows = new()
    {
        // AssumeRole
        ["a role that does not exist"] = (world => world.Refusal("none"), "AccessDenied", 403, NotAllowed(Alice, "AssumeRole", "none")),
        ["a role that does not trust the caller"] = (world => world.AddRole("shut", TrustOf("210987654321")).Refusal("shut"), "AccessDenied", 403, NotAllowed(Alice, "AssumeRole", "shut")),
        ["no right to it of the caller's own"] = (world => May(world, "s3:*").Refusal("first"), "AccessDenied", 403, NotAllowed(Alice, "AssumeRole", "first")),
        ["tags that the role does not let be set"] = (world => world.AddRole("plain", Trust("""["sts:AssumeRole"]""")).Refusal("plain", Tags(("k", "v"))), "AccessDenied", 403, NotAllowed(Alice, "TagSession", "plain")),
        ["inherited tags that the role does not let be set"] = (
            world => world.AddRole("plain", Trust("""["sts:AssumeRole"]""")).Go("first", [.. Tags(("k", "v")), .. Transitive("k")]).Refusal("plain"), "AccessDenied", 403, NotAllowed(Session, "TagSession", "plain")),
        ["a source identity that the role does not let be set"] = (
            world => world.AddRole("plain", Trust("""["sts:AssumeRole"]""")).Refusal("plain", ("SourceIdentity", "alice")), "AccessDenied", 403, NotAllowed(Alice, "SetSourceIdentity", "plain")),
        ["an inherited source identity that the role does not let be set"] = (
            world => world.AddRole("plain", Trust("""["sts:AssumeRole"]""")).Go("first", ("SourceIdentity", "alice")).Refusal("plain"), "AccessDenied", 403, NotAllowed(Session, "SetSourceIdentity", "plain")),
        ["another source identity down the chain"] = (
            world => world.AddRole("next").Go("first", ("SourceIdentity", "alice")).Refusal("next", ("SourceIdentity", "bob")), "AccessDenied", 403, NotAllowed(Session, "SetSourceIdentity", "next")),
        ["a context that the role does not let be set"] = (
            world => world.AddRole("plain", Trust(MoreRoles)).Refusal("plain", Context), "AccessDenied", 403, NotAllowed(Alice, "SetContext", "plain")),
        ["an external id that is not the one"] = (
            world => world.AddRole("outside", Trust(condition: """{"StringEquals":{"sts:ExternalId":"Right"}}""")).Refusal("outside", ("ExternalId", "right")), "AccessDenied", 403, NotAllowed(Alice, "AssumeRole", "outside")),
        ["no external id where one is asked for"] = (
            world => world.AddRole("outside", Trust(condition: """{"StringEquals":{"sts:ExternalId":"Right"}}""")).Refusal("outside"), "AccessDenied", 403, NotAllowed(Alice, "AssumeRole", "outside")),
        ["a role that does not trust itself"] = (
            world => world.AddRole("self", TrustOf(Alice)).Go("self").Refusal("self"), "AccessDenied", 403, NotAllowed("arn:aws:sts::123456789012:assumed-role/self/session", "AssumeRole", "self")),
        ["longer than the role lets sessions last"] = (
            world => Shorten(world).Refusal("first", ("DurationSeconds", "7201")), "ValidationError", 400, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
        ["longer than an hour down a chain"] = (
            world => world.AddRole("next").Go("first").Refusal("next", ("DurationSeconds", "3601")), "ValidationError", 400, "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."),
        ["longer than an hour from GetSessionToken's credentials"] = (
            world => OfGetSessionToken(world).Refusal("first", ("DurationSeconds", "3601")), "ValidationError", 400, "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."),
        ["an ARN that is none"] = (world => Call(world, "AssumeRole", ("RoleArn", "arn:a:::something/test-role"), ("RoleSessionName", "session")), "ValidationError", 400, "arn:a:::something/test-role is invalid"),
        ["an ARN of a user"] = (world => Call(world, "AssumeRole", ("RoleArn", Alice), ("RoleSessionName", "session")), "ValidationError", 400, "Request ARN is invalid"),
        ["a session name with a colon"] = (
            world => Call(world, "AssumeRole", ("RoleArn", ArnOf("first")), ("RoleSessionName", "Session1:2")), "ValidationError", 400,
            @"1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*"),
        ["a serial number without a code"] = (world => world.Refusal("first", ("SerialNumber", "arn:aws:iam::123456789012:mfa/phone")), "AccessDenied", 403, HalfOfMfa),
        ["a code without a serial number"] = (world => world.Refusal("first", ("TokenCode", "123456")), "AccessDenied", 403, HalfOfMfa),
        ["a device that there is not"] = (
            world => world.Refusal("first", ("SerialNumber", "arn:aws:iam::123456789012:mfa/none"), ("TokenCode", "123456")), "AccessDenied", 403,
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user."),
        ["a tag key twice in two cases"] = (world => world.Refusal("first", Tags(("Team", "a"), ("team", "b"))), "InvalidParameterValue", 400, "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
        ["a transitive key without its tag"] = (world => world.Refusal("first", [.. Tags(("k", "v")), .. Transitive("other")]), "InvalidParameterValue", 400, "The specified transitive tag key must be included in the requested tags."),
        ["an inherited tag again"] = (
            world => world.AddRole("next").Go("first", [.. Tags(("Team", "a")), .. Transitive("Team")]).Refusal("next", Tags(("TEAM", "b"))), "InvalidParameterValue", 400,
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session."),
        ["a tag of the system"] = (world => world.Refusal("first", Tags(("AWS:team", "a"))), "InvalidParameterValue", 400, "The tag key 'AWS:team' is not allowed: keys that start with 'aws:' are reserved."),
        ["a session policy of another account"] = (
            world => world.Refusal("first", ("PolicyArns.member.1.arn", "arn:aws:iam::210987654321:policy/theirs")), "MalformedPolicyDocument", 400,
            "PolicyArn arn:aws:iam::210987654321:policy/theirs does not exist or is not in the role's account."),
        ["a session policy with a principal"] = (
            world => world.Refusal("first", ("Policy", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}""")), "MalformedPolicyDocument", 400, "Has prohibited field Principal"),
        ["a context, when it may be set"] = (
            world => world.Refusal("first", Context), "InvalidParameterValue", 400,
            "The context provider 'arn:aws:iam::aws:contextProvider/IdentityCenter' does not exist: no identity center belongs to this installation that could have signed the assertion. Leave ProvidedContexts out."),

        // GetSessionToken and GetFederationToken
        ["GetSessionToken with a role's session"] = (world => Call(world.Go("first"), "GetSessionToken"), "AccessDenied", 403, "Cannot call GetSessionToken with session credentials"),
        ["GetFederationToken with a role's session"] = (world => Call(world.Go("first"), "GetFederationToken", ("Name", "bob")), "AccessDenied", 403, "Cannot call GetFederationToken with session credentials"),
        ["GetSessionToken with its own credentials"] = (world => Call(OfGetSessionToken(world), "GetSessionToken"), "AccessDenied", 403, "Cannot call GetSessionToken with session credentials"),
        ["IAM with GetSessionToken's credentials and no MFA"] = (world => Call(OfGetSessionToken(world), "ListUsers"), "InvalidClientTokenId", 403, "The security token included in the request is invalid."),
        ["IAM with a federated user's credentials"] = (world => Call(OfGetFederationToken(world), "ListUsers"), "InvalidClientTokenId", 403, "The security token included in the request is invalid."),
        ["AssumeRole with a federated user's credentials"] = (world => OfGetFederationToken(world).Refusal("first"), "AccessDenied", 403, "Cannot call AssumeRole with session credentials"),
        ["GetFederationToken without the right to it"] = (
            world => Call(May(world, "s3:*"), "GetFederationToken", ("Name", "bob")), "AccessDenied", 403,
            $"User: {Alice} is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::123456789012:federated-user/bob because no identity-based policy allows the sts:GetFederationToken action"),
        ["a federated user with a tag key twice"] = (
            world => Call(world, "GetFederationToken", [("Name", "bob"), .. Tags(("k", "a"), ("K", "b"))]), "InvalidParameterValue", 400, "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
        ["a federated user's policy that is not the user's account's"] = (
            world => Call(world, "GetFederationToken", ("Name", "bob"), ("PolicyArns.member.1.arn", "arn:aws:iam::210987654321:policy/theirs")), "MalformedPolicyDocument", 400,
            "PolicyArn arn:aws:iam::210987654321:policy/theirs does not exist or is not in the user's account."),

        // The rest
        ["a message that is none"] = (world => Call(world, "DecodeAuthorizationMessage", ("EncodedMessage", "EXAMPLE")), "InvalidAuthorizationMessageException", 400, "Message is not valid"),
        ["to decode without the right to it"] = (
            world => Call(May(world, "s3:*"), "DecodeAuthorizationMessage", ("EncodedMessage", "EXAMPLE")), "AccessDenied", 403,
            $"User: {Alice} is not authorized to perform: sts:DecodeAuthorizationMessage on resource: * because no identity-based policy allows the sts:DecodeAuthorizationMessage action"),
        ["a key id of no account"] = (world => Call(world, "GetAccessKeyInfo", ("AccessKeyId", "AKIAIOSFODNN7EXAMPLE")), "ValidationError", 400, "The access key id 'AKIAIOSFODNN7EXAMPLE' names no account."),
        ["a web identity token where that is not enabled"] = (
            world => Call(world, "GetWebIdentityToken", Token), "OutboundWebIdentityFederationDisabledException", 403, ""),
        ["AssumeRoot outside of an organization"] = (
            world => Call(world, "AssumeRoot", ("TargetPrincipal", "210987654321"), ("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy")), "AccessDenied", 403,
            $"User: {Alice} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::210987654321:root because the caller's account manages no organization"),

        // Trust policies
        ["a trust policy with a resource"] = (world => Write(world, TrustOf("123456789012").Replace("\"Effect\"", "\"Resource\":\"*\",\"Effect\"", StringComparison.Ordinal)), "MalformedPolicyDocument", 400, "Has prohibited field Resource"),
        ["a trust policy that names a role that there is not"] = (
            world => Write(world, TrustOf("arn:aws:iam::123456789012:role/X")), "MalformedPolicyDocument", 400, "Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:role/X\""),
        ["a trust policy that names a deleted user by its id"] = (world => Write(world, TrustOf("AIDAEXAMPLEEXAMPLE234")), "MalformedPolicyDocument", 400, "Invalid principal in policy: \"AWS\":\"AIDAEXAMPLEEXAMPLE234\""),
        ["a trust policy that names its own role, which is not there yet"] = (
            world => Write(world, TrustOf(ArnOf("new"))), "MalformedPolicyDocument", 400, $"Invalid principal in policy: \"AWS\":\"{ArnOf("new")}\""),
        ["a trust policy that names nobody"] = (
            world => Write(world, TrustOf("x").Replace("\"x\"", "[]", StringComparison.Ordinal)), "MalformedPolicyDocument", 400,
            "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!"),
    };

    private const string HalfOfMfa = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";

    public static IEnumerable<object[]> Each => Rows.Keys.Select(row => new object[] { row });

    private static (string, string)[] Context => [("ProvidedContexts.member.1.ProviderArn", "arn:aws:iam::aws:contextProvider/IdentityCenter"), ("ProvidedContexts.member.1.ContextAssertion", "EXAMPLE")];

    [Theory, MemberData(nameof(Each))]
    public void A_refusal_has_AWSs_code_status_and_words(string row)
    {
        var (call, code, status, text) = Rows[row];
        var error = call(new StsWorld().AddRole("first"));
        Assert.Equal((code, status), (error.Code, error.Status));
        if (text.Length > 0)
            Assert.Equal(text, error.Message);
    }

    private static string NotAllowed(string caller, string action, string role) => $"User: {caller} is not authorized to perform: sts:{action} on resource: {ArnOf(role)}";

    private static string TrustOf(string principal) =>
        $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":"sts:AssumeRole"} }""";

    private static StsWorld May(StsWorld world, string action)
    {
        world.Bench.Put(DocumentKinds.User, world.Alice with { Inline = [new InlinePolicy("only", Allow(action))] });
        return world;
    }

    private static StsWorld Shorten(StsWorld world)
    {
        world.Bench.Put(DocumentKinds.Role, world.Bench.Home.FindRole("first")! with { MaxSessionDuration = 7200 });
        return world;
    }

    private static StsWorld OfGetSessionToken(StsWorld world) => As(world, "GetSessionToken");

    private static StsWorld OfGetFederationToken(StsWorld world) => As(world, "GetFederationToken", ("Name", "bob"), ("Policy", Allow("*")));

    private static StsWorld As(StsWorld world, string action, params (string, string)[] parameters)
    {
        world.Bench.AsSession(world.Bench.Call(action, parameters)["Credentials"]!);
        return world;
    }

    private static ApiError Call(StsWorld world, string action, params (string, string)[] parameters) => world.Bench.Refusal(action, parameters);

    private static ApiError Write(StsWorld world, string trust) => world.Bench.As(ActionBench.Admin).Refusal("CreateRole", ("RoleName", "new"), ("AssumeRolePolicyDocument", trust));
}
