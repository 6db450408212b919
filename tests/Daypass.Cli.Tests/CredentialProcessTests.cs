using System.Text.Json;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass credential-process</c>: what it asks for, and that clients find what they expect.</summary>
public sealed class CredentialProcessTests : IAsyncLifetime, IDisposable
{
    private const string Role = "arn:aws:iam::111122223333:role/reader";
    private const string Device = "arn:aws:iam::111122223333:mfa/phone";
    private readonly TestHost _host = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.WithKey();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
        Answer("AssumeRole", TimeSpan.FromHours(1));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task It_prints_the_five_members_of_the_contract_and_nothing_else()
    {
        Assert.Equal(0, await _host.RunAsync("credential-process", "--role-arn", Role));
        var printed = JsonDocument.Parse(_host.Output).RootElement;
        Assert.Equal(["Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"], printed.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, printed.GetProperty("Version").GetInt32());
        Assert.Equal("ASIAEXAMPLE", printed.GetProperty("AccessKeyId").GetString());
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", printed.GetProperty("Expiration").GetString());
        Assert.Equal("", _host.Error);
        Assert.True(_server.Last!.IsSignedRight);
    }

    [Theory]
    [InlineData("", "RoleSessionName=daypass")]
    [InlineData("--session-name me --duration 15m", "RoleSessionName=me&DurationSeconds=900")]
    [InlineData("--external-id x --source-identity alice", "RoleSessionName=daypass&ExternalId=x&SourceIdentity=alice")]
    [InlineData("--policy {} --policy-arn arn:aws:iam::aws:policy/A arn:aws:iam::aws:policy/B", "RoleSessionName=daypass&Policy={}&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/A&PolicyArns.member.2.arn=arn:aws:iam::aws:policy/B")]
    [InlineData("--tag team=ops place=a=b --transitive-tag team", "RoleSessionName=daypass&Tags.member.1.Key=team&Tags.member.1.Value=ops&Tags.member.2.Key=place&Tags.member.2.Value=a=b&TransitiveTagKeys.member.1=team")]
    [InlineData("--serial-number arn:aws:iam::111122223333:mfa/phone --token-code 012345", "RoleSessionName=daypass&SerialNumber=arn:aws:iam::111122223333:mfa/phone&TokenCode=012345")]
    public async Task What_was_typed_is_what_is_asked_for(string options, string parameters)
    {
        Assert.Equal(0, await _host.RunAsync(["credential-process", "--role-arn", Role, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        Assert.Equal($"Action=AssumeRole&Version=2011-06-15&RoleArn={Role}&{parameters}", Uri.UnescapeDataString(_server.Last!.Body));
    }

    [Fact]
    public async Task A_session_of_ones_own_is_asked_for_without_a_role()
    {
        Answer("GetSessionToken", TimeSpan.FromHours(36));
        Assert.Equal(0, await _host.RunAsync("credential-process", "--session", "--duration", "36h"));
        Assert.Equal("Action=GetSessionToken&Version=2011-06-15&DurationSeconds=129600", _server.Last!.Body);
    }

    [Fact]
    public async Task The_end_is_told_by_this_machines_clock_when_the_servers_is_ahead()
    {
        var now = TimeProvider.System.GetUtcNow();
        Answer("AssumeRole", TimeSpan.FromHours(5));
        Assert.Equal(0, await _host.RunAsync("credential-process", "--role-arn", Role, "--duration", "900"));
        var end = JsonDocument.Parse(_host.Output).RootElement.GetProperty("Expiration").GetDateTimeOffset();
        Assert.InRange(end, now.AddSeconds(899), TimeProvider.System.GetUtcNow().AddSeconds(900));
    }

    [Theory]
    [InlineData(403, "{\"Error\":{\"Code\":\"AccessDenied\",\"Message\":\"No.\"}}", 254, "daypass: An error occurred (AccessDenied) when calling the AssumeRole operation: No.")]
    [InlineData(200, "{\"AssumeRoleResponse\":{\"AssumeRoleResult\":{}}}", 1, "daypass: The server's answer holds no temporary credentials.")]
    public async Task A_failure_is_on_standard_error_alone(int status, string body, int exitCode, string said)
    {
        _server.Answer = (status, "application/json", body);
        Assert.Equal(exitCode, await _host.RunAsync("credential-process", "--role-arn", Role));
        Assert.Equal("", _host.Output);
        Assert.Equal(said + "\n", _host.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--role-arn R --session")]
    [InlineData("--session --external-id x")]
    [InlineData("--role-arn R --token-code 123456")]
    [InlineData("--role-arn R --tag team")]
    [InlineData("--role-arn R --duration never")]
    [InlineData("--role-arn R extra")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string options)
    {
        Assert.Equal(1, await _host.RunAsync(["credential-process", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        Assert.Null(_server.Last);
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public async Task What_a_code_gave_is_used_until_shortly_before_it_ends_and_then_a_code_is_asked_for()
    {
        var clock = new HeldClock(TimeProvider.System.GetUtcNow());
        _host.Clock = clock;
        string[] command = ["credential-process", "--role-arn", Role, "--serial-number", Device];
        Assert.Equal(1, await _host.RunAsync(command));
        Assert.Contains("--token-code", _host.Error, StringComparison.Ordinal);
        Assert.Null(_server.Last);

        _host.Input = "123456\n";
        Assert.Equal(0, await _host.RunAsync([.. command, "--token-code", "-"]));
        Assert.Contains("TokenCode=123456", _server.Last!.Body, StringComparison.Ordinal);
        var first = _host.Output;
        _server.Answer = (500, "text/plain", "");
        clock.Now += TimeSpan.FromMinutes(58);
        Assert.Equal(0, await _host.RunAsync(command));
        Assert.Equal(first + first, _host.Output);
        clock.Now += TimeSpan.FromSeconds(61);
        Assert.Equal(1, await _host.RunAsync(command));
    }

    [Fact]
    public async Task What_is_kept_is_its_owners_alone_and_for_the_same_question_of_the_same_key()
    {
        string[] command = ["credential-process", "--role-arn", Role, "--serial-number", Device];
        Assert.Equal(0, await _host.RunAsync([.. command, "--token-code", "123456"]));
        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(_host.Home, ".cache/daypass/sessions")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        Assert.DoesNotContain("123456", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        Assert.Equal(1, await _host.RunAsync([.. command, "--duration", "2h"]));
        _host.WithKey("AKANOTHER");
        Assert.Equal(1, await _host.RunAsync(command));
        _host.WithKey();
        Assert.Equal(0, await _host.RunAsync(command));
        // Others could have written it: then it is nobody's.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        Assert.Equal(1, await _host.RunAsync(command));
    }

    private void Answer(string action, TimeSpan lifetime)
    {
        var end = (TimeProvider.System.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        _server.Answer = (200, "application/json",
            $$$"""{"{{{action}}}Response":{"{{{action}}}Result":{"Credentials":{"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"SECRETEXAMPLE","SessionToken":"TOKENEXAMPLE","Expiration":{{{end}}} } } } }""");
    }
}
