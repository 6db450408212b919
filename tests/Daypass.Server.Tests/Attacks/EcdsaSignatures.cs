using System.Text;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>SigV4a over the wire: who signs with it is who they are, and nobody else is.</summary>
public sealed class EcdsaSignatures : IAsyncLifetime
{
    private const string Form = "Action=GetCallerIdentity&Version=2011-06-15";
    private const string Allowed = "arn:aws:iam::111122223333:user/admin";
    private static readonly SigV4Rules Sts = new() { Service = "sts" };
    private DaypassServer _server = null!;

    private Uri Endpoint => _server.Endpoint;

    private EcdsaSigner Admin => new(_server.Administrator.AccessKeyId, _server.Administrator.Secret);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async Task InitializeAsync() => _server = await DaypassServer.StartAsync("--region", "us-east-1", "--refusals-per-source", "0");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_caller_who_signs_with_SigV4a_is_known_in_both_forms()
    {
        Assert.Contains(Allowed, (await Posted(Admin).SendAsync(Endpoint)).Text, StringComparison.Ordinal);
        Assert.Contains(Allowed, (await Posted(Admin, regionSet: "eu-*,us-*").SendAsync(Endpoint)).Text, StringComparison.Ordinal);
        Assert.Contains(Allowed, (await Presigned(Admin).SendAsync(Endpoint)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_sign_with_it_too_and_every_service_takes_it()
    {
        var credentials = (await _server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials");
        string Of(string name) => credentials.GetProperty(name).GetString()!;
        var session = new EcdsaSigner(Of("AccessKeyId"), Of("SecretAccessKey"), Of("SessionToken"));
        Assert.Contains(Allowed, (await Posted(session).SendAsync(Endpoint)).Text, StringComparison.Ordinal);
        Assert.Contains(Allowed, (await Presigned(session).SendAsync(Endpoint)).Text, StringComparison.Ordinal);
        Assert.Contains("<GetAccountSummaryResult>", (await Posted(Admin, "Action=GetAccountSummary&Version=2010-05-08", service: "iam").SendAsync(Endpoint)).Text, StringComparison.Ordinal);
        var stranger = new EcdsaSigner(Of("AccessKeyId"), "EXAMPLEwrongSecret", Of("SessionToken"));
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", (await Posted(stranger).SendAsync(Endpoint)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_tampered_with_is_refused()
    {
        var good = Posted(Admin);
        var header = good.Get("Authorization", 0)!;
        (string What, RawRequest Request, string Code)[] bad =
        [
            ("body", good with { Body = "Version=2011-06-15&Action=GetCallerIdentity" }, "SignatureDoesNotMatch"),
            ("date", Replace(good, "X-Amz-Date", "20200101T000000Z"), "SignatureDoesNotMatch"),
            ("region set", Replace(good, "X-Amz-Region-Set", "*"), "SignatureDoesNotMatch"),
            ("no region set", good.Without("X-Amz-Region-Set"), "IncompleteSignature"),
            ("two region sets", good.With("X-Amz-Region-Set", "*"), "IncompleteSignature"),
            ("an unsigned region set", Replace(good, "Authorization", header.Replace(";x-amz-region-set", "", StringComparison.Ordinal)), "SignatureDoesNotMatch"),
            ("another region", Posted(Admin, regionSet: "eu-*"), "SignatureDoesNotMatch"),
            ("a scope with a region", Replace(good, "Authorization", header.Replace("/sts/", "/us-east-1/sts/", StringComparison.Ordinal)), "IncompleteSignature"),
            ("the other algorithm", Replace(good, "Authorization", header.Replace(SigV4a.Algorithm, SigV4.Algorithm, StringComparison.Ordinal).Replace("/sts/", "/us-east-1/sts/", StringComparison.Ordinal)), "SignatureDoesNotMatch"),
            ("a byte behind the signature", Replace(good, "Authorization", header + "00"), "SignatureDoesNotMatch"),
            ("r and s of 1", Replace(good, "Authorization", header[..(header.IndexOf("Signature=", StringComparison.Ordinal) + 10)] + "3006020101020101"), "SignatureDoesNotMatch"),
            ("another secret", Posted(new EcdsaSigner(_server.Administrator.AccessKeyId, "EXAMPLEwrongSecret")), "SignatureDoesNotMatch"),
            ("an unknown key", Posted(new EcdsaSigner("AKIAIOSFODNN7EXAMPLE", "EXAMPLEwrongSecret")), "InvalidClientTokenId"),
        ];
        Assert.Contains(Allowed, (await good.SendAsync(Endpoint)).Text, StringComparison.Ordinal);
        foreach (var (what, request, code) in bad)
        {
            var (_, answer) = await request.SendAsync(Endpoint);
            Assert.True(answer.Contains($"<Code>{code}</Code>", StringComparison.Ordinal), $"{what}: {answer}");
        }
    }

    private RawRequest Posted(EcdsaSigner signer, string form = Form, string service = "sts", string regionSet = "us-east-1")
    {
        var bare = RawRequest.Post(Endpoint, form);
        var headers = signer.Headers("POST", "/", bare.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), Hash(form), Sts with { Service = service }, Now, regionSet);
        return bare with { Headers = [.. headers.Select(header => (header.Key, header.Value))] };
    }

    private RawRequest Presigned(EcdsaSigner signer)
    {
        var target = signer.Presign("GET", "/?" + Form, [KeyValuePair.Create("Host", Endpoint.Authority)], Hash(""), Sts, Now);
        return RawRequest.Get(Endpoint, target);
    }

    private static RawRequest Replace(RawRequest request, string name, string value) => request.Without(name).With(name, value);

    private static string Hash(string body) => SigV4.PayloadHash(Encoding.UTF8.GetBytes(body));
}
