using System.Security.Cryptography;
using Daypass.Bench.Cases;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Signing;
using Daypass.Tokens;

namespace Daypass.Bench.Micro;

/// <summary>The parts of a call by themselves, each on what the load run uses.</summary>
internal static class MicroCases
{
    private const string Account = "111122223333";
    private const string SessionKeyId = "ASIAEXAMPLEEXAMPLE12";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    /// <summary>The table of all parts.</summary>
    public static string Run()
    {
        var (seal, open) = Token();
        return $"""
            | part | µs | bytes allocated |
            |---|--:|--:|
            {MicroRunner.Run("policy decision: AssumeRole by trust, group and user policies", Decision())}
            {MicroRunner.Run("Signature V4, verified with a derived key", Verification())}
            {MicroRunner.Run("session token, sealed", seal)}
            {MicroRunner.Run("session token, opened", open)}
            {MicroRunner.Run("session token, opened, and a request of its session verified", OpenAndVerify())}
            {MicroRunner.Run("web identity token's signature, RS256", MicroToken.Bare("RS256"))}
            {MicroRunner.Run("web identity token, proven, RS256", MicroToken.Proof("RS256"))}
            {MicroRunner.Run("web identity token's signature, ES256", MicroToken.Bare("ES256"))}
            {MicroRunner.Run("web identity token, proven, ES256", MicroToken.Proof("ES256"))}
            {MicroRunner.Run("audit record", MicroAudit.Record())}
            {MicroRunner.Run("audit event, encoded for the journal and read back", MicroTrail.ThroughJournal())}
            | audit event, stored and indexed, of 8,000 at once | {MicroTrail.IntoStore().ToString("F2", System.Globalization.CultureInfo.InvariantCulture)} | |
            {MicroRunner.Run("encoded message of a denial: 3 policies of 5 statements", MicroDenial.Message(3, 5))}
            {MicroRunner.Run("encoded message of a denial: 10 policies of 10 statements", MicroDenial.Message(10, 10))}
            {MicroRunner.Run("encoded message of a denial: 10 policies of 100 statements", MicroDenial.Message(10, 100))}
            """;
    }

    /// <summary>What an event costs in all, without the flush that it shares with others.</summary>
    public static double AuditMicroseconds() => MicroRunner.Measure(MicroAudit.Record()) + MicroRunner.Measure(MicroTrail.ThroughJournal()) + MicroTrail.IntoStore();

    private static Action OpenAndVerify()
    {
        var (open, verify) = (Token().Open, Verification());
        return () =>
        {
            open();
            verify();
        };
    }

    private static Action Decision()
    {
        AccountId.TryParse(Account, out var account);
        var caller = Principal.User(account, $"arn:aws:iam::{Account}:user/ci/builder-0001", "AIDAEXAMPLEEXAMPLE123");
        var policies = new PolicySet
        {
            Identity = [Compiled(Documents.Group(Account), PolicyType.Identity), Compiled(Documents.User, PolicyType.Identity)],
            Resource = [Compiled(Documents.Trust(Account), PolicyType.Trust)],
        };
        var context = new RequestContext();
        context.Set("aws:PrincipalArn", caller.Arn);
        context.Set("aws:username", "builder-0001");
        context.Set("aws:RequestedRegion", "us-east-1");
        context.Set("aws:SourceIp", "127.0.0.1");
        context.Set("sts:ExternalId", Population.ExternalId);
        var request = new AccessRequest(caller, "sts:AssumeRole", $"arn:aws:iam::{Account}:role/app/log-reader-1", account, context, IsTrust: true);
        return () => Require(PolicyEvaluator.Evaluate(request, policies).IsAllowed);
    }

    private static Policy Compiled(string text, PolicyType type) => new(PolicyDocument.Parse(text, type), "policy", null);

    private static Action Verification()
    {
        var request = MicroRequest.Signed("AKIAEXAMPLEEXAMPLE12", "EXAMPLE-secret", Now);
        var rules = new SigV4Rules { Service = "sts" };
        var key = SigV4.SigningKey("EXAMPLE-secret", SigV4Parser.TryParse(request, out _)!.Date, "us-east-1", "sts");
        var body = MicroRequest.Body;
        return () =>
        {
            var authorization = SigV4Parser.TryParse(request, out _)!;
            Require(SigV4.CheckSignedHeaders(authorization, request, rules) is null && SigV4.CheckTimeAndScope(authorization, Now, rules) is null);
            Require(SigV4.Matches(key, SigV4.StringToSign(authorization, request, SigV4.PayloadHash(body), rules), authorization.Signature));
        };
    }

    private static (Action Seal, Action Open) Token()
    {
        var key = new SealingKey(1, RandomNumberGenerator.GetBytes(XAes256Gcm.KeySize), SealingKeyState.Active);
        var codec = new SessionTokenCodec(new KeyRing(SessionTokenCodec.Purpose, [key]));
        AccountId.TryParse(Account, out var account);
        var claims = new SessionClaims
        {
            Kind = SessionKind.AssumedRole,
            Account = account,
            PrincipalId = "AROAEXAMPLEEXAMPLE123",
            SessionName = "build-00000001",
            SecretAccessKey = "EXAMPLE-secret-of-a-session-of-40-chars.",
            IssuedAt = Now,
            ExpiresAt = Now.AddHours(1),
            Chain = [new Ancestor("AKIAEXAMPLEEXAMPLE12", "AIDAEXAMPLEEXAMPLE123", Now) { Account = AccountId.Of(111122223333) }],
        };
        var nonce = RandomNumberGenerator.GetBytes(XAes256Gcm.NonceSize);
        var token = codec.Seal(claims, SessionKeyId, nonce)!;
        return (() => codec.Seal(claims, SessionKeyId, nonce), () => Require(codec.Open(token, SessionKeyId) is not null));
    }

    private static void Require(bool isRight)
    {
        if (!isRight)
            throw new InvalidOperationException("What is measured does not work.");
    }
}
