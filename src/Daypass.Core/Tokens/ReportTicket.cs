using System.Text;
using Daypass.Names;

namespace Daypass.Tokens;

/// <summary>What the ticket of a lease says: to which service the lease went, whose it is, and what the trail is told of the caller.</summary>
public sealed record ReportTicket
{
    private const byte Version = 1;

    /// <summary>The service that the lease went to: nobody else may report by it.</summary>
    public required MessageOrigin Origin { get; init; }

    /// <summary>The caller's account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The caller's access key id.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The name of the user or session that events are found by; may be empty.</summary>
    public required string Username { get; init; }

    /// <summary>The <c>userIdentity</c> of the caller in its own account's trail, as JSON.</summary>
    public required string Identity { get; init; }

    /// <summary>The <c>userIdentity</c> of the caller in other accounts' trails, as JSON.</summary>
    public required string ForeignIdentity { get; init; }

    /// <summary>Policy time at which the lease began, whole seconds.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Policy time after which nothing can have been done with the lease, whole seconds.</summary>
    public required DateTimeOffset Until { get; init; }

    internal byte[] Write()
    {
        using var plain = new MemoryStream(512);
        using var writer = new BinaryWriter(plain, Encoding.UTF8);
        writer.Write(Version);
        foreach (var text in (string[])[Origin.Service, Origin.Region, AccessKeyId, Username, Identity, ForeignIdentity])
            writer.Write(text);
        foreach (var number in (long[])[Origin.Account.Number, Account.Number, From.ToUnixTimeSeconds(), Until.ToUnixTimeSeconds()])
            writer.Write(number);
        return plain.ToArray();
    }

    /// <summary>Reads what was sealed by a key of the ring, and so was written here; null for what a later version wrote.</summary>
    internal static ReportTicket? Read(byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain), Encoding.UTF8);
        if (plain.Length == 0 || reader.ReadByte() != Version)
            return null;
        var (service, region, accessKeyId, username, identity, foreign) =
            (reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString());
        return new ReportTicket
        {
            Origin = new MessageOrigin(service, region, AccountId.Of(reader.ReadInt64())),
            Account = AccountId.Of(reader.ReadInt64()),
            AccessKeyId = accessKeyId,
            Username = username,
            Identity = identity,
            ForeignIdentity = foreign,
            From = DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64()),
            Until = DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64()),
        };
    }
}
