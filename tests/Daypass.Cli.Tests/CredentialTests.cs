using Daypass.Cli.Credentials;

namespace Daypass.Cli.Tests;

public sealed class CredentialTests : IDisposable
{
    private readonly TestHost _host = new();

    [Fact]
    public void Keys_are_taken_from_the_nearest_source()
    {
        WriteKey("home/.aws/credentials", "default", "AKHOME");
        Assert.Equal("AKHOME", Find().Id);
        WriteKey("data/admin.credentials", "default", "AKSERVER");
        Assert.Equal("AKSERVER", Find().Id);
        _host.Variables["AWS_SHARED_CREDENTIALS_FILE"] = WriteKey("shared", "default", "AKSHARED");
        Assert.Equal("AKSHARED", Find().Id);
        _host.Variables["DAYPASS_CREDENTIALS_FILE"] = WriteKey("own", "default", "AKOWN");
        Assert.Equal("AKOWN", Find().Id);
        _host.WithKey("AKENVIRONMENT");
        Assert.Equal("AKENVIRONMENT", Find().Id);
        Assert.Equal("AKOPTION", Find(file: WriteKey("option", "default", "AKOPTION")).Id);
    }

    [Theory]
    [InlineData("DAYPASS_CREDENTIALS_FILE")]
    [InlineData("AWS_SHARED_CREDENTIALS_FILE")]
    public void A_file_that_the_environment_names_and_that_is_not_there_does_not_end_in_another_identity(string variable)
    {
        WriteKey("home/.aws/credentials", "default", "AKHOME");
        _host.Variables[variable] = "mistyped";
        Assert.Contains("mistyped", Assert.Throws<CommandException>(() => Find()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_profile_is_looked_for_in_every_file_and_beats_the_environment()
    {
        WriteKey("home/.aws/credentials", "alice", "AKALICE");
        WriteKey("data/admin.credentials", "default", "AKSERVER");
        _host.WithKey();
        Assert.Equal("AKALICE", Find(profile: "alice").Id);
    }

    [Fact]
    public void A_missing_profile_is_an_error_that_names_those_that_are_there()
    {
        _host.Variables["DAYPASS_CREDENTIALS_FILE"] = WriteKey("own", "alice", "AKALICE");
        var error = Assert.Throws<CommandException>(() => Find(profile: "bob"));
        Assert.Contains("No profile 'bob'", error.Message, StringComparison.Ordinal);
        Assert.Contains("There are: alice.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_temporary_key_of_the_environment_brings_its_token()
    {
        _host.WithKey();
        _host.Variables["AWS_SESSION_TOKEN"] = "TOKENEXAMPLE";
        Assert.Equal("TOKENEXAMPLE", Find().SessionToken);
    }

    [Fact]
    public void Saving_a_profile_replaces_it_and_leaves_the_rest_and_the_file_is_private()
    {
        var path = _host.WriteFile("own", "# mine\n[old]\naws_access_key_id = AKOLD\naws_secret_access_key = S\n\n[alice]\naws_access_key_id = AK1\naws_secret_access_key = S\naws_session_token = T\n");
        CredentialsFile.Save(path, "alice", new AccessKey("AK2", "S2", null, ""));
        var file = CredentialsFile.TryRead(path)!;
        Assert.Equal(("AK2", "S2", null), (file.Find("alice")!.Id, file.Find("alice")!.Secret, file.Find("alice")!.SessionToken));
        Assert.Equal("AKOLD", file.Find("old")!.Id);
        Assert.StartsWith("# mine\n", File.ReadAllText(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_key_never_says_its_secret() => Assert.DoesNotContain("SECRETEXAMPLE", new AccessKey("AK", "SECRETEXAMPLE", "TOKENEXAMPLE", "here").ToString(), StringComparison.Ordinal);

    public void Dispose() => _host.Dispose();

    private AccessKey Find(string? profile = null, string? file = null) => new CredentialChain(_host.Host, profile, file).Find();

    private string WriteKey(string path, string profile, string id) =>
        _host.WriteFile(path, $"[{profile}]\naws_access_key_id = {id}\naws_secret_access_key = SECRETEXAMPLE\n");
}
