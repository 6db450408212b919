using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daypass.Storage.Snapshots;

/// <summary>The second line of a backup: what it is of, and the key that it is sealed under, sealed itself under the master key.</summary>
internal sealed record BackupHeader
{
    public required string Product { get; init; }

    public required string Engine { get; init; }

    public required int Schema { get; init; }

    /// <summary>Real time of the machine that made it.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    public required string Epoch { get; init; }

    public required long Sequence { get; init; }

    /// <summary>A random number that names this backup's key.</summary>
    public required uint KeyId { get; init; }

    public required byte[] SealedKey { get; init; }

    [JsonIgnore]
    public SnapshotHead Head => new(Epoch, Sequence);

    public byte[] Write()
    {
        using var lines = new MemoryStream();
        lines.Write("daypass-backup 1\n"u8);
        JsonSerializer.Serialize(lines, this, BackupJson.Default.BackupHeader);
        lines.WriteByte((byte)'\n');
        return lines.ToArray();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupHeader))]
internal sealed partial class BackupJson : JsonSerializerContext;
