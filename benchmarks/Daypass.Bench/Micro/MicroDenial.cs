using System.Globalization;
using System.Security.Cryptography;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Tokens;

namespace Daypass.Bench.Micro;

/// <summary>What a refusal costs beyond its decision: the encoded authorization message of a user with so many attached policies.</summary>
internal static class MicroDenial
{
    private static readonly AccountId Account = AccountId.Of(111122223333);

    /// <summary>Explains a denial and seals the message.</summary>
    public static Action Message(int policies, int statements)
    {
        var set = new PolicySet { Identity = [.. Enumerable.Range(0, policies).Select(number => Policy(number, statements))] };
        var caller = Principal.User(Account, $"arn:aws:iam::{Account}:user/ci/builder-0001", "AIDAEXAMPLEEXAMPLE123");
        var request = new AccessRequest(caller, "s3:GetObject", "arn:aws:s3:::ledger/transactions/22.log", Account, Context(caller));
        var key = new SealingKey(1, RandomNumberGenerator.GetBytes(XAes256Gcm.KeySize), SealingKeyState.Active);
        var codec = new AuthorizationMessageCodec(new KeyRing(SessionTokenCodec.Purpose, [key]));
        var nonce = RandomNumberGenerator.GetBytes(XAes256Gcm.NonceSize);
        return () => codec.Seal(new AuthorizationMessage(ExplainedDenial.Of(request, set, request.Context, AuthorizationMessage.LongRoom), DateTimeOffset.UnixEpoch), nonce);
    }

    // As a real account's: most statements are for other actions, one of each policy for this one and other resources.
    private static Policy Policy(int number, int statements)
    {
        var text = string.Join(',', Enumerable.Range(0, statements).Select(index => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"Sid":"S{{{index}}}","Effect":"Allow","Action":"{{{(index == 0 ? "s3:Get*" : $"sqs:Action{index}*")}}}","Condition":{"Bool":{"aws:SecureTransport":"true"}},"Resource":"arn:aws:s3:::bucket-{{{number}}}-{{{index}}}/*"}""")));
        return new(PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{text}}]}""", PolicyType.Identity), $"policy-{number}", $"arn:aws:iam::{Account}:policy/policy-{number}");
    }

    private static RequestContext Context(Principal caller)
    {
        var context = new RequestContext();
        foreach (var (key, value) in new (string, string)[]
        {
            ("aws:PrincipalArn", caller.Arn), ("aws:PrincipalAccount", $"{Account}"), ("aws:PrincipalType", "User"), ("aws:userid", caller.UniqueId!), ("aws:username", "builder-0001"),
            ("aws:CurrentTime", "2026-11-22T12:00:00Z"), ("aws:EpochTime", "1795348800"), ("aws:SourceIp", "127.0.0.1"), ("aws:SecureTransport", "true"),
            ("aws:UserAgent", "aws-sdk-example/2.0 ua/2.1 os/linux lang/csharp"), ("aws:RequestedRegion", "us-east-1"), ("aws:ViaAWSService", "false"),
        })
            context.Set(key, value);
        return context;
    }
}
