using System.Text;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>A signed request that tests damage, and the whole check in AWS's order.</summary>
public sealed record SignedRequest(string Method, string Target, HeaderBag Headers, string Body)
{
    public const string KeyId = "AKIAIOSFODNN7EXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public const string Token = "EXAMPLETOKEN==";
    private const string Form = "Action=GetCallerIdentity&Version=2011-06-15";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 30, 0, TimeSpan.Zero);

    public static readonly SigV4Rules Rules = new() { Service = "sts", Region = "us-east-1" };

    /// <summary>A POST to STS, signed in its header.</summary>
    public static SignedRequest Good(DateTimeOffset? at = null, string region = "us-east-1", string service = "sts", params (string, string)[] more)
    {
        List<KeyValuePair<string, string>> headers = [new("Host", "sts.example.com"), new("Content-Type", "application/x-www-form-urlencoded")];
        headers.AddRange(more.Select(header => KeyValuePair.Create(header.Item1, header.Item2)));
        var added = SigV4Signer.SignHeaders("POST", new Uri("https://sts.example.com/"), headers, SigV4.PayloadHash(Encoding.UTF8.GetBytes(Form)), KeyId, Secret, Token, region, service, at ?? Now);
        return new SignedRequest("POST", "/", new HeaderBag([.. headers, .. added]), Form);
    }

    /// <summary>A presigned GET of STS.</summary>
    public static SignedRequest Presigned(TimeSpan? expires = null)
    {
        var uri = SigV4Signer.Presign("GET", new Uri("https://sts.example.com/?" + Form), [], SigV4Chunks.EmptyPayloadHash, KeyId, Secret, Token, "us-east-1", "sts", Now, expires ?? TimeSpan.FromMinutes(1));
        return new SignedRequest("GET", uri.PathAndQuery, new HeaderBag([new("Host", "sts.example.com")]), "");
    }

    public SignableRequest Signable => new(Method, Target, Headers);

    public string Authorization => Headers.Get("Authorization", 0)!;

    public SignedRequest Header(string name, string value) => this with { Headers = Headers.Replaced(name, value) };

    public SignedRequest Plus(string name, string value) => this with { Headers = Headers.With(name, value) };

    public SignedRequest Minus(string name) => this with { Headers = Headers.Without(name) };

    public SignedRequest InAuthorization(string old, string replacement)
    {
        Assert.Contains(old, Authorization, StringComparison.Ordinal);
        return Header("Authorization", Authorization.Replace(old, replacement, StringComparison.Ordinal));
    }

    public SignedRequest InTarget(string old, string replacement)
    {
        Assert.Contains(old, Target, StringComparison.Ordinal);
        return this with { Target = Target.Replace(old, replacement, StringComparison.Ordinal) };
    }

    /// <summary>The request with the right signature for what it is now, so that only its form can be refused.</summary>
    public SignedRequest Resigned()
    {
        var authorization = Parse();
        var key = SigV4.SigningKey(Secret, authorization.Date, authorization.Region, authorization.Service);
        var stringToSign = SigV4.StringToSign(authorization, Signable, SigV4.PayloadHash(Encoding.UTF8.GetBytes(Body)), Rules);
        return InAuthorization(authorization.Signature, SigV4.Sign(key, stringToSign));
    }

    public SigV4Authorization Parse()
    {
        var authorization = SigV4Parser.TryParse(Signable, out var error);
        Assert.Null(error);
        return authorization!;
    }

    public SigningError? Check(DateTimeOffset? now = null, SigV4Rules? rules = null, string secret = Secret, string? payloadHash = null)
    {
        rules ??= Rules;
        var hash = payloadHash ?? SigV4.PayloadHash(Encoding.UTF8.GetBytes(Body));
        var authorization = SigV4Parser.TryParse(Signable, out var error);
        Assert.True(authorization is null ^ error is null);
        if (authorization is null)
            return error;
        return SigV4.CheckTimeAndScope(authorization, now ?? Now, rules)
            ?? SigV4.CheckSignedHeaders(authorization, Signable, rules)
            ?? SigV4.CheckPayload(Signable, hash, rules)
            ?? (Matches(authorization, hash, rules, secret) ? null : SigningErrors.NoMatch);
    }

    private bool Matches(SigV4Authorization authorization, string hash, SigV4Rules rules, string secret) =>
        SigV4.Matches(SigV4.SigningKey(secret, authorization.Date, authorization.Region, authorization.Service),
            SigV4.StringToSign(authorization, Signable, hash, rules), authorization.Signature);
}
