using System.Security.Cryptography;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Server.Setup;

/// <summary>
/// The key that the key ring is sealed under. Read from a file of mode 0400 outside the data directory; made on the first start, and
/// never again once anything is sealed under it.
/// </summary>
internal static class MasterKey
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The sealer of the master key in the file. <paramref name="mayCreate"/>: nothing has been sealed yet.</summary>
    /// <exception cref="StartException">The file is missing, unreadable, readable by others, or holds no key.</exception>
    public static Sealer Open(string path, bool mayCreate, IEntropy entropy)
    {
        if (!File.Exists(path))
        {
            if (!mayCreate)
                throw new StartException($"The master key file {path} is missing, and the store was sealed with it; name it with --master-key-file.");
            Create(path, entropy);
        }
        var key = Read(path);
        try
        {
            return new Sealer(new KeyRing("master", [new SealingKey(1, key, SealingKeyState.Active)]));
        }
        catch (ArgumentException)
        {
            throw new StartException($"The master key file {path} does not hold a usable key: 32 random bytes in base64.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static void Create(string path, IEntropy entropy)
    {
        Span<byte> key = stackalloc byte[XAes256Gcm.KeySize];
        entropy.Fill(key);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            PrivateFile.Create(path, Convert.ToBase64String(key) + "\n", OwnerReads);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The master key file {path} cannot be written: {failure.Message}");
        }
        CryptographicOperations.ZeroMemory(key);
    }

    private static byte[] Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
                throw new StartException($"The master key file {path} can be read by others; make it yours alone with: chmod 400 {path}");
            var key = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return key.Length == XAes256Gcm.KeySize ? key : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new StartException($"The master key file {path} does not hold a usable key: 32 random bytes in base64.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The master key file {path} cannot be read: {failure.Message}");
        }
    }
}
