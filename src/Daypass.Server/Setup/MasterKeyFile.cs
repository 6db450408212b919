using System.Security.Cryptography;
using Daypass.Service.Audit;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Server.Setup;

/// <summary>
/// The file with the keys that the key rings are sealed under: mode 0400, outside the data directory, one key a line, the newest first. Made
/// on the first start, and never again once anything is sealed under it.
/// </summary>
internal sealed class MasterKeyFile(string path)
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead;
    private const int MaxSize = 64 * 1024;
    private readonly Lock _lock = new();
    private byte[] _hash = [];
    private MasterKeys? _keys;

    /// <summary>The keys as the file has them now; the same object while it has the same ones.</summary>
    /// <exception cref="StartException">The file is missing, unreadable, readable by others, or holds no usable keys.</exception>
    public MasterKeys Read()
    {
        var text = PrivateFile.Read(path, "master key file", MaxSize);
        lock (_lock)
        {
            var hash = SHA256.HashData(text);
            if (_keys is null || !hash.AsSpan().SequenceEqual(_hash))
                (_keys, _hash) = (Parse(text), hash);
            CryptographicOperations.ZeroMemory(text);
            return _keys;
        }
    }

    /// <summary>Makes the file with one new key, unless somebody else makes it at the same moment. True when this one is it.</summary>
    /// <exception cref="StartException">It cannot be written.</exception>
    public bool Create(IEntropy entropy)
    {
        Span<byte> key = stackalloc byte[XAes256Gcm.KeySize];
        entropy.Fill(key);
        // Whole under its name, or not there: another node may be looking for it.
        var unfinished = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            PrivateFile.Create(unfinished, Convert.ToBase64String(key) + "\n", OwnerReads);
            File.Move(unfinished, path, overwrite: false);
            // Before anything is sealed under it, perhaps in a database that outlives this machine: a power cut must not take the name.
            AuditJournalDisk.FlushNames(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The master key file {path} cannot be written: {failure.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private MasterKeys Parse(ReadOnlySpan<byte> text)
    {
        var keys = new List<byte[]>();
        try
        {
            foreach (var line in System.Text.Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                keys.Add(Convert.FromBase64String(line));
            return new MasterKeys(keys);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw new StartException($"The master key file {path} does not hold a usable key: 32 random bytes in base64, one key a line, each once.");
        }
        finally
        {
            foreach (var key in keys)
                CryptographicOperations.ZeroMemory(key);
        }
    }
}
