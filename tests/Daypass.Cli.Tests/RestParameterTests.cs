using System.Text.Json.Nodes;

namespace Daypass.Cli.Tests;

/// <summary>Parameters of REST services as they are typed, and where they go: path, query and body.</summary>
public sealed class RestParameterTests : IAsyncLifetime, IDisposable
{
    private const string Id = "00000000-0000-4000-8000-000000000000";
    private readonly TestHost _host = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.WithKey();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
        _server.Answer = (201, "application/json", "{}");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("create-trust-anchor --name ca --enabled --source sourceType=CERTIFICATE_BUNDLE,sourceData={x509CertificateData=PEM==}", """{"name":"ca","enabled":true,"source":{"sourceType":"CERTIFICATE_BUNDLE","sourceData":{"x509CertificateData":"PEM=="}}}""", "POST /trustanchors")]
    [InlineData("create-profile --name web --role-arns a b --no-enabled --tags key=team,value=web", """{"name":"web","roleArns":["a","b"],"enabled":false,"tags":[{"key":"team","value":"web"}]}""", "POST /profiles")]
    [InlineData("import-crl --name l --crl-data PEM --trust-anchor-arn t", """{"name":"l","crlData":"UEVN","trustAnchorArn":"t"}""", "POST /crls")]
    [InlineData("update-profile --profile-id " + Id + " --duration-seconds 900", """{"durationSeconds":900}""", "PATCH /profile/@")]
    [InlineData("put-attribute-mapping --profile-id " + Id + " --certificate-field x509SAN --mapping-rules DNS specifier=URI", """{"certificateField":"x509SAN","mappingRules":[{"specifier":"DNS"},{"specifier":"URI"}]}""", "PUT /profiles/@/mappings")]
    [InlineData("get-profile --profile-id " + Id, "", "GET /profile/@")]
    [InlineData("delete-attribute-mapping --profile-id " + Id + " --certificate-field x509SAN --specifiers DNS URI", "", "DELETE /profiles/@/mappings?certificateField=x509SAN&specifiers.member.1=DNS&specifiers.member.2=URI")]
    [InlineData("list-profiles --page-size 5", "", "GET /profiles?pageSize=5")]
    public async Task What_was_typed_is_what_is_sent(string typed, string body, string where)
    {
        var finished = await _host.RunAsync(["rolesanywhere", .. typed.Split(' ')]);
        Assert.True(finished == 0, _host.Error);
        Assert.True(_server.Last!.IsSignedRight);
        Assert.Equal(where.Replace("@", Id, StringComparison.Ordinal), $"{_server.Last.Method} {_server.Last.Target}");
        if (body.Length == 0)
            Assert.Equal("", _server.Last.Body);
        else
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(_server.Last.Body)), _server.Last.Body);
    }
}
