using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>Whom the server believes about where a request comes from. Linux has all of 127.0.0.0/8: .2 is the proxy here, .3 is not.</summary>
public sealed class BehindProxy : IAsyncLifetime
{
    private const string Trusted = "203.0.113.7";
    private static readonly IPAddress Proxy = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Stranger = IPAddress.Parse("127.0.0.3");
    private DaypassServer _server = null!;
    private SigningClient _user = null!;

    public async Task InitializeAsync()
    {
        _server = await DaypassServer.StartAsync("--behind-proxy", "127.0.0.2/32", "--refusals-per-source", "0");
        _user = await UserAsync(_server, $$$"""{"IpAddress":{"aws:SourceIp":"{{{Trusted}}}/32"}}""");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_proxy_is_believed_and_a_stranger_is_not()
    {
        Assert.Equal(200, await ListAsync(Proxy, ("X-Forwarded-For", Trusted)));
        Assert.Equal(403, await ListAsync(Stranger, ("X-Forwarded-For", Trusted)));
        Assert.Equal(403, await ListAsync(IPAddress.Loopback, ("X-Forwarded-For", Trusted)));
        Assert.Equal(403, await ListAsync(Proxy));
    }

    [Theory]
    [InlineData(Trusted + ", 198.51.100.1")]
    [InlineData(Trusted + ", 127.0.0.3")]
    [InlineData("198.51.100.1")]
    [InlineData("::ffff:198.51.100.1")]
    [InlineData("unknown")]
    [InlineData("")]
    public async Task Only_what_the_proxy_itself_saw_counts(string forwarded) => Assert.Equal(403, await ListAsync(Proxy, ("X-Forwarded-For", forwarded)));

    [Theory]
    [InlineData("X-Real-IP", Trusted)]
    [InlineData("Forwarded", "for=" + Trusted)]
    [InlineData("X-Client-IP", Trusted)]
    [InlineData("X-Original-For", Trusted)]
    [InlineData("X-Forwarded-For", "198.51.100.1")]
    public async Task Other_headers_say_nothing(string name, string value) => Assert.Equal(403, await ListAsync(Proxy, (name, value)));

    [Fact]
    public async Task Whether_the_transport_was_secure_is_the_proxys_to_say_too()
    {
        var user = await UserAsync(_server, """{"Bool":{"aws:SecureTransport":"true"}}""", "secure");
        Assert.Equal(200, await ListAsync(user, Proxy, ("X-Forwarded-For", Trusted), ("X-Forwarded-Proto", "https")));
        Assert.Equal(403, await ListAsync(user, Proxy, ("X-Forwarded-For", Trusted), ("X-Forwarded-Proto", "http")));
        Assert.Equal(403, await ListAsync(user, Stranger, ("X-Forwarded-For", Trusted), ("X-Forwarded-Proto", "https")));
    }

    [Fact]
    public async Task Without_a_proxy_nobody_is_believed()
    {
        await using var direct = await DaypassServer.StartAsync();
        var user = await UserAsync(direct, $$$"""{"IpAddress":{"aws:SourceIp":"{{{Trusted}}}/32"}}""");
        Assert.Equal(403, await ListAsync(user, Proxy, ("X-Forwarded-For", Trusted)));
        Assert.Equal(403, await ListAsync(user, IPAddress.Loopback, ("X-Forwarded-For", Trusted)));
    }

    [Fact]
    public async Task The_trail_names_who_the_proxy_saw()
    {
        await ListAsync(Proxy, ("X-Forwarded-For", "198.51.100.9"));
        var found = await _server.Administrator.JsonAsync(
            "cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"ListUsers"}]}""");
        Assert.Contains("198.51.100.9", found.Body, StringComparison.Ordinal);
    }

    private Task<int> ListAsync(IPAddress from, params (string, string)[] headers) => ListAsync(_user, from, headers);

    private static async Task<int> ListAsync(SigningClient user, IPAddress from, params (string Name, string Value)[] headers)
    {
        var request = headers.Aggregate(RawRequest.Post(user.Endpoint, "Action=ListUsers&Version=2010-05-08"), (so, header) => so.With(header.Name, header.Value));
        var (status, answer) = await request.Signed(user, service: "iam").SendAsync(user.Endpoint, from);
        // Refused by the policy and by nothing else.
        Assert.True(status == 200 || answer.Contains("<Code>AccessDenied</Code>", StringComparison.Ordinal), answer);
        return status;
    }

    private static async Task<SigningClient> UserAsync(DaypassServer server, string condition, string name = "alice")
    {
        var admin = server.Administrator;
        await admin.IamAsync("CreateUser", ("UserName", name));
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Condition":{{condition}},"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"}]}""";
        Assert.Equal(HttpStatusCode.OK, (await admin.IamAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "only"), ("PolicyDocument", policy))).Status);
        var key = (await admin.IamAsync("CreateAccessKey", ("UserName", name))).Result.GetProperty("AccessKey");
        return server.Client(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
    }
}
