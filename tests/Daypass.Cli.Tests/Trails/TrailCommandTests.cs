using Daypass.Cli.Trails;

namespace Daypass.Cli.Tests.Trails;

/// <summary><c>daypass trail</c>: what is refused before anything is asked.</summary>
public sealed class TrailCommandTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("trail", "Usage: daypass trail")]
    [InlineData("trail export", "needs --to")]
    [InlineData("trail export --to x --format xml", "--format is cloudtrail or jsonl")]
    [InlineData("trail export --to s3://bucket", "Where S3 is")]
    [InlineData("trail verify x", "--public-keys FILE")]
    [InlineData("trail verify x --public-keys missing.json", "cannot be read")]
    [InlineData("trail verify --from yesterday-ish", "--from takes a time")]
    public async Task What_cannot_be_is_refused_with_what_to_change(string command, string sentence)
    {
        _host.WithKey();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = "http://127.0.0.1:1";
        Assert.Equal(1, await _host.RunAsync(command.Split(' ')));
        Assert.Contains(sentence, _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_trail_is_not_verified_as_if_all_were_well()
    {
        await File.WriteAllTextAsync(Path.Combine(_host.Folder, "keys.json"), """{"PublicKeyList":[]}""");
        Assert.Equal(1, await _host.RunAsync("trail", "verify", _host.Folder, "--public-keys", Path.Combine(_host.Folder, "keys.json")));
        Assert.Contains("There is no exported trail", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_a_digest_cannot_lead_out_of_the_folder()
    {
        var target = new FolderTarget(_host.Folder);
        await Assert.ThrowsAsync<CommandException>(() => target.WriteAsync("../outside", [1], null, default));
        Assert.False(File.Exists(Path.Combine(_host.Folder, "../outside")));
    }
}
