using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests.Setup;

/// <summary>Point 1 of the story: what a first start, a second start and a start that cannot be look like.</summary>
public sealed class StartTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-start-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_first_start_prints_the_administrators_keys_once_and_leaves_them_in_a_private_file()
    {
        var (account, keyId, secret) = await FirstStartAsync();
        var file = Path.Combine(Data, "admin.credentials");
        Assert.Equal($"[default]\naws_access_key_id = {keyId}\naws_secret_access_key = {secret}\n", await File.ReadAllTextAsync(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Data + ".master.key"));
        Assert.All(Directory.EnumerateFiles(Path.Combine(Data, "journal"), "*.journal"), path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));

        await using var second = Start();
        var url = await UrlOfAsync(second);
        Assert.DoesNotContain(secret, second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("First start", second.Output, StringComparison.Ordinal);
        var identity = (await new SigningClient(url, keyId, secret).StsAsync("GetCallerIdentity")).Result;
        Assert.Equal($"arn:aws:iam::{account}:user/admin", identity.GetProperty("Arn").GetString());
        Assert.Equal(0, await second.StopAsync());
    }

    [Fact]
    public async Task The_environment_makes_the_first_start_unattended_with_any_key_id()
    {
        await using var server = await DaypassServer.StartAsync();
        var identity = (await server.Administrator.StsAsync("GetCallerIdentity")).Result;
        Assert.Equal($"arn:aws:iam::{DaypassServer.Account}:user/admin", identity.GetProperty("Arn").GetString());
    }

    [Theory]
    [InlineData("DAYPASS_BOOTSTRAP_ACCOUNT_ID", "12345", "must be twelve digits, not '12345'")]
    [InlineData("DAYPASS_BOOTSTRAP_ACCESS_KEY_ID", "lonely", "must be set together")]
    [InlineData("DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY", "lonely-secret", "must be set together")]
    public async Task A_bootstrap_variable_that_cannot_be_used_is_refused_in_one_sentence(string name, string value, string sentence)
    {
        await using var server = ChildProgram.Start(Checkout.ServerProgram, ["--data-dir", Data, "--urls", "http://127.0.0.1:0"], new Dictionary<string, string> { [name] = value });
        await RefusedAsync(server, sentence);
    }

    [Theory]
    [InlineData("does not exist; --help lists", "--not-an-option", "1")]
    [InlineData("'tuor' is not an option", "tuor")]
    [InlineData("needs a value", "--data-dir")]
    [InlineData("does not fit the option --urls", "--urls", "ftp://127.0.0.1:1")]
    [InlineData("does not fit the option --behind-proxy", "--behind-proxy", "somewhere")]
    [InlineData("does not fit the option --public-url", "--public-url", "http://sts.example.com")]
    [InlineData("does not fit the option --public-url", "--public-url", "https://sts.example.com/path")]
    [InlineData("does not fit the option --public-url", "--public-url", "https://sts.example.com?")]
    [InlineData("does not fit the option --public-url", "--public-url", "https://user@sts.example.com")]
    [InlineData("does not fit the option --public-url", "--public-url", "sts.example.com")]
    [InlineData("does not fit the option --jwks-max-age", "--jwks-max-age", "0")]
    [InlineData("does not fit the option --product-name", "--product-name", "Acme:Cloud")]
    [InlineData("does not fit the option --sign-in-host", "--sign-in-host", "https://signin.example.com")]
    [InlineData("does not fit the option --sign-in-host", "--sign-in-host", "signin.example.com/x")]
    [InlineData("does not fit the option --urn-prefix", "--urn-prefix", "arn")]
    [InlineData("does not fit the option --urn-prefix", "--urn-prefix", "a:b")]
    [InlineData("plain http that others can reach", "--urls", "http://0.0.0.0:0")]
    [InlineData("which needs --certificate", "--urls", "https://127.0.0.1:0")]
    [InlineData("listens on loopback only", "--movable-clock", "--behind-proxy", "10.0.0.0/8", "--urls", "http://0.0.0.0:0")]
    [InlineData("must be 1 to", "--max-connections", "0")]
    public async Task An_option_that_cannot_be_is_refused_in_one_sentence(string sentence, params string[] arguments)
    {
        if (sentence == "must be 1 to")
            sentence = "does not fit the option --max-connections";
        await using var server = ChildProgram.Start(Checkout.ServerProgram, arguments);
        await RefusedAsync(server, sentence);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence()
    {
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var server = Start($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        await RefusedAsync(server, "another program listens there");
    }

    [Fact]
    public async Task A_data_directory_that_another_server_uses_is_one_sentence()
    {
        await using var first = Start();
        await UrlOfAsync(first);
        await using var second = Start();
        await RefusedAsync(second, "another");
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task A_master_key_file_inside_the_data_directory_is_refused()
    {
        await using var server = Start(arguments: ["--master-key-file", Path.Combine(Data, "key")]);
        await RefusedAsync(server, "must not be inside the data directory");
    }

    [Fact]
    public async Task A_missing_master_key_is_not_made_anew_for_a_store_that_was_sealed_with_one()
    {
        await FirstStartAsync();
        File.Delete(Data + ".master.key");
        await using var server = Start();
        await RefusedAsync(server, "is missing, and the store was sealed with it");
        Assert.False(File.Exists(Data + ".master.key"));
    }

    [Fact]
    public async Task Another_master_key_does_not_start()
    {
        await FirstStartAsync();
        File.SetUnixFileMode(Data + ".master.key", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Data + ".master.key", Convert.ToBase64String(Enumerable.Repeat((byte)9, 32).ToArray()));
        await using var server = Start();
        await RefusedAsync(server, "is not the one that this store was sealed with");
    }

    [Theory]
    [InlineData("not base64!", "does not hold a usable key")]
    [InlineData("AAAA", "does not hold a usable key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "does not hold a usable key")]
    public async Task A_master_key_file_without_a_good_key_is_refused(string content, string sentence)
    {
        var path = Path.Combine(_folder, "key");
        await File.WriteAllTextAsync(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        await using var server = Start(arguments: ["--master-key-file", path]);
        await RefusedAsync(server, sentence);
    }

    [Fact]
    public async Task A_master_key_file_that_others_can_read_is_refused()
    {
        var path = Path.Combine(_folder, "key");
        await File.WriteAllTextAsync(path, Convert.ToBase64String(Enumerable.Repeat((byte)9, 32).ToArray()));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        await using var server = Start(arguments: ["--master-key-file", path]);
        await RefusedAsync(server, "can be read by others");
    }

    private ChildProgram Start(string url = "http://127.0.0.1:0", params string[] arguments) =>
        ChildProgram.Start(Checkout.ServerProgram, ["--data-dir", Data, "--urls", url, .. arguments]);

    private async Task<(string Account, string KeyId, string Secret)> FirstStartAsync()
    {
        await using var server = Start();
        await UrlOfAsync(server);
        await server.WaitForAsync("Secret access key", Patience);
        string Value(string label) => server.Output.Split('\n').First(line => line.TrimStart().StartsWith(label, StringComparison.Ordinal)).Trim()[label.Length..].Trim();
        var made = (Value("Account"), Value("Access key id"), Value("Secret access key"));
        Assert.Equal(0, await server.StopAsync());
        return made;
    }

    private static async Task<Uri> UrlOfAsync(ChildProgram server) =>
        new((await server.WaitForAsync(" is ready on ", Patience)).Split(" is ready on ")[1].Split(' ')[0]);

    private static async Task RefusedAsync(ChildProgram server, string sentence)
    {
        Assert.Equal(1, await server.ExitAsync(Patience));
        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(sentence, Assert.Single(lines), StringComparison.Ordinal);
        Assert.StartsWith("daypass: ", lines[0], StringComparison.Ordinal);
    }
}
