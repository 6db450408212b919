using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Daypass.Server.Tests.Federation.Ldap;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Testing;

namespace Daypass.Server.Tests.Backups.Providers;

/// <summary>
/// Providers' secrets through what a store goes through: a backup that becomes a new server, keys that are exchanged for others, master keys too. Everybody gets in
/// as before, and nothing of them can be read by who has none of the keys.
/// </summary>
public sealed class SecretsOfProviders : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-providers-").FullName;
    private ProviderWorld? _world;

    private ProviderWorld World => _world ?? throw new InvalidOperationException("slapd is not here.");

    private DaypassServer Server => World.Server;

    private string MasterKeyFile => Server.DataDirectory + ".master.key";

    public async Task InitializeAsync() => _world = SlapdServer.IsInstalled ? await ProviderWorld.StartAsync() : null;

    public async Task DisposeAsync()
    {
        await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    [SlapdFact]
    public async Task What_providers_prove_is_proven_to_a_server_that_a_backup_has_become()
    {
        await World.AllGetInAsync();
        var backup = await BackUpAsync("monday");
        await StoreProgram.RestoreAsync(Server, backup);
        await World.AllGetInAsync();
        Assert.DoesNotContain("does not open", Server.Output, StringComparison.Ordinal);
        // And is changed there without its password, which is the proof that the one which is kept is the one that was given.
        await OkAsync(StoreProgram.Administrator(Server).DaypassAsync(
            "PutLDAPProvider", ("Name", "corp"), ("Url", World.Directory.TlsUrl), ("CertificateAuthorities", World.Directory.Authority), ("BindDn", SlapdServer.BindDn),
            ("UserBase", SlapdServer.People), ("UserFilter", "(cn=%s)"), ("GroupBase", SlapdServer.Groups), ("GroupFilter", "(member=%d)"),
            ("Mappings.member.1.GroupDn", "cn=staff," + SlapdServer.Groups), ("Mappings.member.1.RoleArn", $"arn:aws:iam::{DaypassServer.Account}:role/guest")));
        await World.AllGetInAsync();
    }

    [SlapdFact]
    public async Task Every_key_is_exchanged_and_the_old_ones_are_good_for_nothing()
    {
        var monday = await BackUpAsync("monday");
        var old = (await File.ReadAllLinesAsync(MasterKeyFile))[0];
        await RotateSecretsAsync();
        var fresh = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        WriteMasterKeys(fresh, old);
        await OkAsync(Server.Administrator.DaypassAsync("RewrapKeys"));
        WriteMasterKeys(fresh);
        await World.AllGetInAsync();

        await Server.StopAsync();
        var stored = await StoredSecrets.ReadAsync(Server.DataDirectory);
        Assert.Equal((stored.Keys.Count, 0), (stored.OpenedBy(fresh), stored.OpenedBy(old)));
        Assert.Equal([stored.ActiveKey, stored.ActiveKey], stored.UsedKeys);
        await Server.RestartAsync();
        await World.AllGetInAsync();

        var tuesday = await BackUpAsync("tuesday");
        await StoreProgram.RestoreAsync(Server, tuesday);
        await World.AllGetInAsync();

        // A backup is as old as its keys: the master key of its time opens it, and no other.
        Assert.Contains("another master key", await StoreProgram.RefusedAsync("restore", monday, "--data-dir", Path.Combine(_folder, "target"), "--master-key-file", MasterKeyFile), StringComparison.Ordinal);
        WriteMasterKeys(fresh, old);
        await StoreProgram.RestoreAsync(Server, monday);
        await World.AllGetInAsync();
    }

    [SlapdFact]
    public async Task No_secret_stands_in_a_file_a_log_the_trail_or_an_answer()
    {
        await World.AllGetInAsync();
        var backup = await BackUpAsync("monday");
        await StoreProgram.RestoreAsync(Server, backup);
        var shown = await ProviderWorld.ShownAsync(StoreProgram.Administrator(Server));
        await RotateSecretsAsync(StoreProgram.Administrator(Server));
        await Server.StopAsync();

        // What a backup holds stands in the folder that it has become; what it itself looks like is here, too.
        Assert.All(["AssertionEncryptionMode", SlapdServer.BindDn, "AssumeRoleWithLDAPIdentity"], text => Assert.Contains(text, shown, StringComparison.Ordinal));
        var seen = new Dictionary<string, byte[]> { ["answers"] = Encoding.UTF8.GetBytes(shown), ["log"] = Encoding.UTF8.GetBytes(Server.Output) };
        var parent = Path.GetDirectoryName(Server.DataDirectory)!;
        foreach (var file in Directory.GetFiles(parent, "*", SearchOption.AllDirectories).Append(backup))
            seen[Path.GetRelativePath(parent, file)] = await File.ReadAllBytesAsync(file);
        // Whoever looks finds what is there: the folder before, and the folder after.
        Assert.Equal(2, seen.Count(found => found.Key.EndsWith("daypass.db", StringComparison.Ordinal) && found.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(SlapdServer.BindDn)) >= 0));
        Assert.Empty(seen.SelectMany(found => StoredSecrets.FoundIn(found.Value).Select(secret => $"{secret} in {found.Key}")));
    }

    [Fact]
    public void Whoever_looks_for_secrets_finds_them()
    {
        Assert.Contains(StoredSecrets.FoundIn(Envelope.Key.ExportPkcs8PrivateKey()), name => name.EndsWith('d'));
        Assert.NotEmpty(StoredSecrets.FoundIn(Encoding.ASCII.GetBytes(Envelope.Key.ExportPkcs8PrivateKeyPem())));
        Assert.NotEmpty(StoredSecrets.FoundIn(Encoding.ASCII.GetBytes(JsonSerializer.Serialize(SlapdServer.BindPassword))));
        Assert.NotEmpty(StoredSecrets.FoundIn(JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetBytes(SlapdServer.BindPassword))));
    }

    private async Task<string> BackUpAsync(string name)
    {
        var file = Path.Combine(_folder, name);
        await StoreProgram.RunAsync("backup", "--to", file, "--data-dir", Server.DataDirectory);
        return file;
    }

    // Until all that was sealed with the key before is sealed with the new one, which the trail tells.
    private async Task RotateSecretsAsync(SigningClient? administrator = null)
    {
        administrator ??= Server.Administrator;
        await OkAsync(administrator.DaypassAsync("RotateKeys", ("Purpose", "secret")));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        const string Body = """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"ResealSecrets"}]}""";
        while (!(await administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", Body)).Body.Contains("\"EventName\":\"ResealSecrets\"", StringComparison.Ordinal))
            await Task.Delay(250, limit.Token);
    }

    // As an operator does: whole under another name, then in its place.
    private void WriteMasterKeys(params string[] keys)
    {
        var next = MasterKeyFile + ".next";
        File.WriteAllLines(next, keys);
        File.SetUnixFileMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(next, MasterKeyFile, overwrite: true);
    }

    private static async Task OkAsync(Task<ApiReply> call)
    {
        var reply = await call;
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
    }
}
