using System.Net;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass federation explain</c>: what is sent, and how the answer reads.</summary>
public sealed class FederationTests : IAsyncLifetime, IDisposable
{
    private readonly TestHost _host = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.WithKey();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_preview_reads_as_checks_keys_roles_and_one_sentence()
    {
        Answer("""
            {"WouldBeAccepted":false,"StoppedBy":"times","Checks":[{"Name":"form","Outcome":"Ok","Detail":"a signed JWT, 5 claims"},
            {"Name":"times","Outcome":"No","Detail":"Token expired -- expires 2026-11-22T12:00:00Z (3 min 1 s ago)","ErrorCode":"ExpiredTokenException"},{"Name":"signature","Outcome":"NotMade","Detail":"there is no key"}],
            "Subject":"al\u001b[31mice","ConditionKeys":[{"Key":"idp.example.com:sub","Values":["alice"],"IsList":false,"IsKept":true},{"Key":"idp.example.com:groups","Values":["ops","dev"],"IsList":true,"IsKept":false}],
            "Roles":[{"RoleArn":"arn:aws:iam::111122223333:role/deploy","IsAllowed":true},{"RoleArn":"arn:aws:iam::111122223333:role/other","IsAllowed":false,"Explanation":"Denied: x\nbecause y\n"}]}
            """);
        Assert.Equal(1, await _host.RunAsync("federation", "explain", "--token", "eyJ.eyJ.c2ln"));
        Assert.Equal(
            """
            CHECKS
              OK  form       a signed JWT, 5 claims
              NO  times      Token expired -- expires 2026-11-22T12:00:00Z (3 min 1 s ago)
              -   signature  there is no key

            CONDITION KEYS (* stays in the session)
              *  idp.example.com:sub     alice
                 idp.example.com:groups  [ops, dev]

            SESSION
                 subject  al?[31mice

            ROLES
              OK  arn:aws:iam::111122223333:role/deploy
              NO  arn:aws:iam::111122223333:role/other
                    because y

            It would be refused: times (ExpiredTokenException).

            """.ReplaceLineEndings("\n"),
            _host.Output);
        Assert.Equal("Action=ExplainFederation&Version=2026-11-22&WebIdentityToken=eyJ.eyJ.c2ln", _server.Last!.Body);
        Assert.True(_server.Last.IsSignedRight);
    }

    [Fact]
    public async Task A_token_comes_from_a_file_from_standard_input_or_as_it_is()
    {
        Answer("""{"WouldBeAccepted":true}""");
        var file = Path.Combine(_host.Folder, "token");
        await File.WriteAllTextAsync(file, "a.b.c\n");
        foreach (var word in new[] { file, "file://" + file, "@" + file, "a.b.c" })
        {
            Assert.Equal(0, await _host.RunAsync("federation", "explain", "--token", word, "--role", "arn:aws:iam::111122223333:role/deploy"));
            Assert.Equal("Action=ExplainFederation&Version=2026-11-22&WebIdentityToken=a.b.c&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fdeploy", _server.Last!.Body);
        }
        _host.Input = "a.b.c";
        Assert.Equal(0, await _host.RunAsync("federation", "explain", "--token", "-", "--json"));
        Assert.EndsWith("WebIdentityToken=a.b.c", _server.Last!.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PHNhbWw+")]
    [InlineData("SAMLResponse=PHNhbWw%2B&RelayState=x")]
    public async Task An_assertion_is_taken_as_the_browser_posts_it(string text)
    {
        Answer("""{"WouldBeAccepted":true}""");
        Assert.Equal(0, await _host.RunAsync("federation", "explain", "--assertion", text));
        Assert.Equal("Action=ExplainFederation&Version=2026-11-22&SAMLAssertion=PHNhbWw%2B", _server.Last!.Body);
    }

    [Fact]
    public async Task Of_a_certificate_its_file_is_sent_and_never_a_key()
    {
        Answer("""{"WouldBeAccepted":true,"Roles":[{"RoleArn":"arn:aws:iam::111122223333:role/web","ProfileArn":"arn:aws:rolesanywhere:us-east-1:111122223333:profile/p","IsAllowed":false,"Refusal":"The profile is disabled."}]}""");
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=web", key, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        var file = _host.WriteFile("web.pem", key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem());
        var between = _host.WriteFile("between.pem", certificate.ExportCertificatePem());
        Assert.Equal(0, await _host.RunAsync("federation", "explain", "--certificate", file, "--intermediates", between, "--role-arn", "arn:aws:iam::111122223333:role/web",
            "--trust-anchor-arn", "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a", "--profile-arn", "arn:aws:rolesanywhere:us-east-1:111122223333:profile/p"));
        var der = Uri.EscapeDataString(Convert.ToBase64String(certificate.RawData));
        Assert.Equal(
            $"Action=ExplainFederation&Version=2026-11-22&Certificate={der}&CertificateChain={der}&TrustAnchorArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A111122223333%3Atrust-anchor%2Fa"
            + "&ProfileArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A111122223333%3Aprofile%2Fp&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fweb",
            _server.Last!.Body);
        Assert.Contains("  NO  arn:aws:iam::111122223333:role/web\n        by arn:aws:rolesanywhere:us-east-1:111122223333:profile/p\n        The profile is disabled.\n", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("federation")]
    [InlineData("federation explain")]
    [InlineData("federation show --token x")]
    [InlineData("federation explain --token x --assertion y")]
    [InlineData("federation explain --token x --output table")]
    [InlineData("federation explain --tokne x")]
    [InlineData("federation explain more --token x")]
    [InlineData("federation explain --token x --path-prefix /ci/")]
    [InlineData("federation trusts --token x")]
    [InlineData("federation trusts all")]
    [InlineData("federation explain --token x --certificate web.pem")]
    [InlineData("federation explain --token x --profile-arn y")]
    [InlineData("federation explain --certificate nowhere.pem")]
    [InlineData("federation explain --token file:///no/such/file")]
    [InlineData("federation explain --token @nowhere")]
    [InlineData("federation explain --token /no/such/file")]
    [InlineData("federation explain --token nowhere.jwt")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string command)
    {
        Assert.Equal(2, await _host.RunAsync(command.Split(' ')));
        Assert.Null(_server.Last);
    }

    [Theory]
    [InlineData("""{"WouldBeAccepted":true}""", 0)]
    [InlineData("""{"WouldBeAccepted":false}""", 1)]
    [InlineData("{}", 1)]
    public async Task The_answer_is_the_exit_code_in_text_and_in_JSON(string result, int code)
    {
        Answer(result);
        Assert.Equal(code, await _host.RunAsync("federation", "explain", "--token", "a.b.c"));
        Assert.Equal(code, await _host.RunAsync("federation", "explain", "--token", "a.b.c", "--json", "--role", "arn:aws:iam::111122223333:role/deploy"));
    }

    [Fact]
    public async Task What_could_not_be_asked_is_no_answer()
    {
        Assert.Equal(2, await _host.RunAsync("federation", "explain", "--token", "a.b.c", "--endpoint-url", "http://127.0.0.1:1"));
        _host.Variables.Remove("AWS_ACCESS_KEY_ID");
        Assert.Equal(2, await _host.RunAsync("federation", "explain", "--token", "a.b.c"));
    }

    [Fact]
    public async Task A_refusal_is_one_line_and_the_exit_code_of_refusals()
    {
        _server.Answer = ((int)HttpStatusCode.Forbidden, "application/json", """{"Error":{"Code":"AccessDenied","Message":"No."}}""");
        Assert.Equal(254, await _host.RunAsync("federation", "explain", "--token", "a.b.c"));
        Assert.Equal("An error occurred (AccessDenied) when calling the ExplainFederation operation: No.\n", _host.Error);
    }

    [Fact]
    public async Task Open_trusts_are_listed_over_all_pages_with_what_to_write_and_the_exit_code_says_that_there_are_some()
    {
        _server.Respond = request => (200, "application/json", Listed(request.Body.Contains("Marker=b", StringComparison.Ordinal)
            ? """{"Roles":[{"RoleName":"c","Arn":"arn:aws:iam::111122223333:role/c","Findings":[{"Type":"SECURITY_WARNING","IssueCode":"OIDC_TRUST_WITHOUT_TENANT","Details":"GitLab gives\u001b tokens.","Line":1,"Column":54}]}],"IsTruncated":false}"""
            : """{"Roles":[],"IsTruncated":true,"Marker":"b"}"""));
        Assert.Equal(1, await _host.RunAsync("federation", "trusts", "--path-prefix", "/ci/"));
        Assert.Equal("arn:aws:iam::111122223333:role/c\n  1:54 SECURITY_WARNING OIDC_TRUST_WITHOUT_TENANT GitLab gives? tokens.\n1 role lets in more than is wise.\n", _host.Output);
        Assert.Equal("Action=ListTrustFindings&Version=2026-11-22&PathPrefix=%2Fci%2F&Marker=b", _server.Last!.Body);
    }

    [Fact]
    public async Task No_open_trusts_are_exit_code_0_and_a_refusal_is_none()
    {
        _server.Answer = (200, "application/json", Listed("""{"IsTruncated":false}"""));
        Assert.Equal(0, await _host.RunAsync("federation", "trusts"));
        Assert.Equal("No role's trust policy lets in more than is wise.\n", _host.Output);
        _server.Answer = ((int)HttpStatusCode.Forbidden, "application/json", """{"Error":{"Code":"AccessDenied","Message":"No."}}""");
        Assert.Equal(254, await _host.RunAsync("federation", "trusts", "--json"));
    }

    private static string Listed(string result) => $$$"""{"ListTrustFindingsResponse":{"ListTrustFindingsResult":{{{result}}}}}""";

    private void Answer(string result) => _server.Answer = (200, "application/json", $$$"""{"ExplainFederationResponse":{"ExplainFederationResult":{{{result}}}}}""");
}
