using Daypass.Server.Setup;

namespace Daypass.Server.Tests.Setup;

public sealed class CredentialsFileTests
{
    [Fact]
    public void The_only_key_of_an_installation_is_never_written_over()
    {
        var folder = Directory.CreateTempSubdirectory("daypass-credentials-").FullName;
        try
        {
            foreach (var key in (string[])["first", "second", "third"])
                CredentialsFile.Write(folder, key, "secretEXAMPLE");
            foreach (var (name, key) in ((string, string)[])[("admin.credentials", "third"), ("admin.credentials.1", "first"), ("admin.credentials.2", "second")])
            {
                var path = Path.Combine(folder, name);
                Assert.Contains($"aws_access_key_id = {key}\n", File.ReadAllText(path), StringComparison.Ordinal);
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
