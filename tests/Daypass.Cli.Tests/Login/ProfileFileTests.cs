using System.Text;
using Daypass.Cli.Login;

namespace Daypass.Cli.Tests.Login;

/// <summary>What a sign-in writes into a file that people keep by hand: its own lines, and not a byte elsewhere.</summary>
public sealed class ProfileFileTests : IDisposable
{
    private const string Command = "/opt/daypass login --profile corp --renew";
    private const string Ours = "credential_process = " + Command + "\nendpoint_url = https://sts.example.com\nregion = eu-west-1\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daypass-profile-");

    private string File => Path.Combine(_folder.FullName, "config");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "[profile corp]\n" + Ours)]
    [InlineData("# mine\n", "# mine\n\n[profile corp]\n" + Ours)]
    [InlineData("[default]\nregion = x", "[default]\nregion = x\n\n[profile corp]\n" + Ours)]
    [InlineData("[default]\nregion = x\n\n", "[default]\nregion = x\n\n[profile corp]\n" + Ours)]
    [InlineData("[profile corp]\n", "[profile corp]\n" + Ours)]
    [InlineData("[profile \"corp\"]\n[profile b]\nregion=y\n", "[profile \"corp\"]\n" + Ours + "[profile b]\nregion=y\n")]
    [InlineData("[profile\tcorp] # note\ncolour = red\n", "[profile\tcorp] # note\n" + Ours + "colour = red\n")]
    [InlineData("[profile corporate]\nrole_arn = r\n", "[profile corporate]\nrole_arn = r\n\n[profile corp]\n" + Ours)]
    [InlineData("[corp]\nx = y\n", "[corp]\nx = y\n\n[profile corp]\n" + Ours)]
    [InlineData("[profile corp]\ncredential_process = /old/daypass login --profile corp --renew\ns3 =\n  signature_version = s3v4\n; note\nEndpoint_URL: http://old\nregion=eu-west-1\n[b]\nendpoint_url = stays\n",
        "[profile corp]\n" + Ours + "s3 =\n  signature_version = s3v4\n; note\n[b]\nendpoint_url = stays\n")]
    [InlineData("[profile corp]\nendpoint_url =\n  http://old\n\tmore\n\n# note\n", "[profile corp]\n" + Ours + "\n# note\n")]
    public void Its_own_lines_are_written_and_all_else_stays(string before, string after)
    {
        System.IO.File.WriteAllText(File, before);
        Write();
        Assert.Equal(after, System.IO.File.ReadAllText(File));
        Write();
        Assert.Equal(after, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Bytes_that_are_no_text_and_line_ends_of_others_stay()
    {
        byte[] before = [0xEF, 0xBB, 0xBF, .. "# \r\n[a]\r\nname = "u8, 0xFF, 0xC3, 0x28, .. "\r\n\r\n[profile corp]\r\ncolour = \u00fc\r\n"u8];
        System.IO.File.WriteAllBytes(File, before);
        Write();
        var after = System.IO.File.ReadAllBytes(File);
        var added = Encoding.UTF8.GetBytes(Ours.Replace("\n", "\r\n", StringComparison.Ordinal));
        var at = after.AsSpan().IndexOf(added);
        Assert.True(at > 0);
        Assert.Equal(before, after[..at].Concat(after[(at + added.Length)..]).ToArray());
    }

    [Fact]
    public void A_region_that_is_there_stays_unless_one_is_named()
    {
        System.IO.File.WriteAllText(File, "[profile corp]\nregion = ap-south-1\n");
        new ProfileFile(File, "corp").Write(Command, "https://sts.example.com", "eu-west-1", keepsRegion: true);
        Assert.EndsWith("region = ap-south-1\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Write();
        Assert.DoesNotContain("ap-south-1", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role_arn = arn:aws:iam::111122223333:role/x\nsource_profile = a")]
    [InlineData("sso_session = corp")]
    [InlineData("aws_access_key_id = AKIDEXAMPLE")]
    [InlineData("credential_process = /usr/bin/other --profile corp")]
    [InlineData("CREDENTIAL_PROCESS=/usr/bin/other")]
    public void A_profile_that_gets_its_credentials_another_way_is_left_alone(string settings)
    {
        var before = $"[profile corp]\n{settings}\n";
        System.IO.File.WriteAllText(File, before);
        Assert.Contains("another way", Assert.Throws<CommandException>(Write).Message, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void The_default_profile_is_written_under_its_own_name()
    {
        System.IO.File.WriteAllText(File, "[default]\noutput = json\n");
        new ProfileFile(File, "default").Write("x login --profile default --renew", "https://sts.example.com", "eu-west-1", keepsRegion: false);
        Assert.StartsWith("[default]\ncredential_process = x login", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.EndsWith("output = json\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_stays_a_link_and_the_file_is_its_owners_alone()
    {
        var target = Path.Combine(_folder.FullName, "dotfiles");
        System.IO.File.WriteAllText(target, "# mine\n");
        System.IO.File.CreateSymbolicLink(File, target);
        Write();
        Assert.NotNull(new FileInfo(File).LinkTarget);
        Assert.StartsWith("# mine\n", System.IO.File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(target));
        Assert.Equal(["config", "dotfiles"], _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_profile_that_is_there_twice_is_not_guessed_at()
    {
        System.IO.File.WriteAllText(File, "[profile corp]\n[profile corp]\n");
        Assert.Contains("more than once", Assert.Throws<CommandException>(Write).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_the_same_name_are_not_hidden_behind()
    {
        using var terminal = new TestHost();
        terminal.WriteFile("home/.aws/credentials", "[corp]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = SECRETEXAMPLE\n");
        Assert.Equal(1, await terminal.RunAsync("login", "--profile", "corp", "--issuer", "https://idp.example.com", "--client-id", "c", "--role-arn", "arn:aws:iam::111122223333:role/people"));
        Assert.Contains("which AWS tools prefer", terminal.Error, StringComparison.Ordinal);
    }

    private void Write() => new ProfileFile(File, "corp").Write(Command, "https://sts.example.com", "eu-west-1", keepsRegion: false);
}
