using System.Diagnostics;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass exec</c> and <c>serve-credentials</c> as processes, against the built server.</summary>
public sealed class ExecTests : IAsyncLifetime, IDisposable
{
    private const string Role = $"arn:aws:iam::{DaypassServer.Account}:role/reader";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TestHost _host = new();
    private DaypassServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await DaypassServer.StartAsync();
        var trust = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{DaypassServer.Account}}:root" },"Action":"sts:AssumeRole"} }""";
        var made = await _server.Administrator.IamAsync("CreateRole", ("RoleName", "reader"), ("AssumeRolePolicyDocument", trust));
        Assert.True(made.Status == System.Net.HttpStatusCode.OK, made.Body);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_command_has_the_roles_credentials_and_none_of_the_callers()
    {
        var (exitCode, output, _) = await RunAsync(["exec", "--role-arn", Role, "--session-name", "me", "--", "/usr/bin/env"], new() { ["AWS_PROFILE"] = "old", ["AWS_ROLE_ARN"] = "old", ["AWS_BEARER_TOKEN_BEDROCK"] = "old", ["OTHER"] = "stays" });
        Assert.Equal(0, exitCode);
        var variables = VariablesIn(output);
        Assert.StartsWith("ASIA", variables["AWS_ACCESS_KEY_ID"], StringComparison.Ordinal);
        Assert.Equal("stays", variables["OTHER"]);
        Assert.Equal(_server.Endpoint.ToString().TrimEnd('/'), variables["AWS_ENDPOINT_URL"]);
        Assert.Equal(
            ["AWS_ACCESS_KEY_ID", "AWS_CREDENTIAL_EXPIRATION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
            variables.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(DaypassServer.Secret, output, StringComparison.Ordinal);
        var who = await _server.Client(variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"], variables["AWS_SESSION_TOKEN"]).StsAsync("GetCallerIdentity");
        Assert.Equal($"arn:aws:sts::{DaypassServer.Account}:assumed-role/reader/me", who.Result.GetProperty("Arn").GetString());
    }

    [Fact]
    public async Task With_an_endpoint_the_command_has_no_credentials_but_the_way_to_them_and_sees_no_profile()
    {
        var (exitCode, output, _) = await RunAsync(["exec", "--serve", "--role-arn", Role, "--", "dotnet", Checkout.ClientProgram, "sts", "get-caller-identity"], []);
        Assert.Equal(0, exitCode);
        Assert.Contains(":assumed-role/reader/daypass", output, StringComparison.Ordinal);
        (_, output, _) = await RunAsync(["exec", "--serve", "--role-arn", Role, "--", "/usr/bin/env"], new() { ["AWS_SHARED_CREDENTIALS_FILE"] = "mine" });
        var variables = VariablesIn(output);
        Assert.Equal(
            ["AWS_CONFIG_FILE", "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_SHARED_CREDENTIALS_FILE"],
            variables.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("/dev/null", variables["AWS_SHARED_CREDENTIALS_FILE"]);
        // And it has ended with the command.
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]));
    }

    [Fact]
    public async Task Words_input_and_exit_code_are_the_commands_own()
    {
        var (exitCode, output, errors) = await RunAsync(["exec", "--role-arn", Role, "--", "sh", "-c", "cat; echo \"$@\" >&2; exit 7", "sh", "--help", "a b", "--", "$(c)"], [], "typed");
        Assert.Equal((7, "typed", "--help a b -- $(c)\n"), (exitCode, output, errors));
    }

    // Not with SIGINT: whoever runs tests in the background has it ignored, and at a terminal it is not passed on.
    [Fact]
    public async Task A_signal_reaches_the_command_and_its_end_is_told()
    {
        await using var program = Start(["exec", "--role-arn", Role, "--", "sh", "-c", "trap 'echo got it; trap - TERM; kill -TERM $$' TERM; echo ready; while :; do sleep 0.1; done"]);
        await program.WaitForAsync("ready", Patience);
        Assert.Equal(128 + 15, await program.StopAsync());
        Assert.Contains("got it", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_starts_nothing()
    {
        var (exitCode, output, errors) = await RunAsync(["exec", "--role-arn", Role + "s", "--", "echo", "started"], []);
        Assert.Equal((254, ""), (exitCode, output));
        Assert.Contains("AccessDenied", errors, StringComparison.Ordinal);
        Assert.Equal(254, (await RunAsync(["exec", "--serve", "--role-arn", Role + "s", "--", "echo", "started"], [])).ExitCode);
    }

    [Fact]
    public async Task A_program_is_looked_for_on_the_PATH_and_not_in_the_current_folder()
    {
        var planted = _host.WriteFile("planted", "#!/bin/sh\necho planted\n");
        File.SetUnixFileMode(planted, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var (exitCode, output, errors) = await RunAsync(["exec", "--role-arn", Role, "--", "planted"], []);
        Assert.Equal((127, ""), (exitCode, output));
        Assert.Contains("There is no program 'planted'", errors, StringComparison.Ordinal);
        Assert.Equal("planted\n", (await RunAsync(["exec", "--role-arn", Role, "--", "./planted"], [])).Output);
    }

    [Theory]
    [InlineData("exec --role-arn R echo")]
    [InlineData("exec --role-arn R --")]
    [InlineData("exec --role-arn R --port 1 -- echo")]
    [InlineData("exec --serve --role-arn R --port x -- echo")]
    [InlineData("exec --serve --role-arn R --serial-number S --token-code 123456 -- echo")]
    [InlineData("serve-credentials --role-arn R")]
    public async Task What_cannot_be_is_refused(string command)
    {
        _host.WithKey();
        _host.Variables["PATH"] = "/usr/bin";
        Assert.Equal(1, await _host.RunAsync(command.Split(' ')));
    }

    [Fact]
    public async Task Standing_alone_its_secret_is_in_a_file_that_is_its_owners_and_goes_with_it()
    {
        var file = Path.Combine(_host.Folder, "secrets/token");
        await using var program = Start(["serve-credentials", "--role-arn", Role, "--token-file", file]);
        await program.WaitForAsync("AUTHORIZATION_TOKEN_FILE", Patience);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var secret = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain(secret, program.Output, StringComparison.Ordinal);
        var address = program.Output.Split('\'')[1];
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", secret);
        var answer = JsonDocument.Parse(await http.GetStringAsync(address)).RootElement;
        Assert.Equal(Role, answer.GetProperty("RoleArn").GetString());
        Assert.Equal(0, await program.StopAsync());
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task One_code_of_a_phone_is_enough_for_as_long_as_its_session_lasts()
    {
        await CallAsync("CreateUser", ("UserName", "alice"));
        await CallAsync("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "p"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}}"""));
        var key = (await CallAsync("CreateAccessKey", ("UserName", "alice"))).GetProperty("AccessKey");
        var device = (await CallAsync("CreateVirtualMFADevice", ("VirtualMFADeviceName", "phone"))).GetProperty("VirtualMFADevice");
        var phone = new Authenticator(System.Text.Encoding.ASCII.GetString(device.GetProperty("Base32StringSeed").GetBytesFromBase64()));
        var serial = device.GetProperty("SerialNumber").GetString()!;
        await CallAsync("EnableMFADevice", ("UserName", "alice"), ("SerialNumber", serial), ("AuthenticationCode1", phone.Code(-2)), ("AuthenticationCode2", phone.Code(-1)));

        var alice = new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = key.GetProperty("AccessKeyId").GetString()!, ["AWS_SECRET_ACCESS_KEY"] = key.GetProperty("SecretAccessKey").GetString()! };
        string[] command = ["credential-process", "--role-arn", Role, "--serial-number", serial];
        Assert.Equal((1, ""), Short(await RunAsync(command, alice)));
        var (exitCode, first, errors) = await RunAsync([.. command, "--token-code", "-"], alice, phone.Code() + "\n");
        Assert.True(exitCode == 0, errors);
        Assert.Equal((0, first), Short(await RunAsync(command, alice)));
        var variables = VariablesIn((await RunAsync(["exec", .. command[1..], "--", "/usr/bin/env"], alice)).Output);
        Assert.Equal(JsonDocument.Parse(first).RootElement.GetProperty("SessionToken").GetString(), variables["AWS_SESSION_TOKEN"]);

        static (int, string) Short((int ExitCode, string Output, string Errors) finished) => (finished.ExitCode, finished.Output);
    }

    private async Task<JsonElement> CallAsync(string action, params (string, string)[] parameters) => (await _server.Administrator.IamAsync(action, parameters)).Result;

    private static Dictionary<string, string> VariablesIn(string output) =>
        output.Split('\n').Where(line => line.Contains('=')).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private Dictionary<string, string> Environment(Dictionary<string, string> more) => new KeyValuePair<string, string>[]
    {
        new("DAYPASS_ENDPOINT_URL", _server.Endpoint.ToString()), new("AWS_ACCESS_KEY_ID", DaypassServer.AccessKeyId), new("AWS_SECRET_ACCESS_KEY", DaypassServer.Secret), new("HOME", _host.Home),
    }.Where(pair => !more.ContainsKey(pair.Key)).Concat(more).ToDictionary();

    private ChildProgram Start(string[] arguments) => ChildProgram.Start(Checkout.ClientProgram, arguments, Environment([]));

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, Dictionary<string, string> environment, string typed = "")
    {
        var start = new ProcessStartInfo("dotnet", [Checkout.ClientProgram, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _host.Folder };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in Environment(environment))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(typed);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await errors);
    }
}
