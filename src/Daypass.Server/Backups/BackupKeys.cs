using System.Buffers.Binary;
using System.Security.Cryptography;
using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Storage.Snapshots;
using Daypass.Tokens;

namespace Daypass.Server.Backups;

/// <summary>
/// The key of each backup: random, and sealed under the master key in the backup's first lines. So a backup opens with the master key of
/// its time alone, and a changed or made-up one does not open at all.
/// </summary>
internal static class BackupKeys
{
    private const string Purpose = "backup";

    /// <summary>A new key, which the caller wipes, its id, and how it is written down.</summary>
    public static (byte[] Key, uint Id, byte[] Sealed) Make(MasterKeys master, IEntropy entropy)
    {
        var key = new byte[XAes256Gcm.KeySize];
        entropy.Fill(key);
        Span<byte> id = stackalloc byte[sizeof(uint)];
        entropy.Fill(id);
        var number = BinaryPrimitives.ReadUInt32BigEndian(id);
        return (key, number, master.Seal(key, Purpose, number, entropy));
    }

    public static byte[]? Open(BackupHeader header, MasterKeys master) =>
        master.Open(new StoredKey { Purpose = Purpose, Id = header.KeyId, State = "", Created = header.TakenAt, SealedKey = header.SealedKey });

    /// <summary>Reads the master key file; it is never made here.</summary>
    /// <exception cref="StartException">It is missing or unusable.</exception>
    public static MasterKeys Master(string path) => File.Exists(path)
        ? new MasterKeyFile(path).Read()
        : throw new StartException($"The master key file {path} is missing; name the one of this installation with --master-key-file.");

    /// <summary>Whether the master key opens every key of a store's rings.</summary>
    public static bool OpensAll(MasterKeys master, IEnumerable<StoredKey> keys)
    {
        foreach (var key in keys)
        {
            if (master.Open(key) is not { } opened)
                return false;
            CryptographicOperations.ZeroMemory(opened);
        }
        return true;
    }
}
