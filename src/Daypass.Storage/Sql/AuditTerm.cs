using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>
/// What the trail's index knows a value of an attribute by. A hash that nobody can find collisions of by the way: with one, whoever may choose
/// names could make the searches for another's slower. It never decides alone: each event found is compared.
/// </summary>
internal static class AuditTerm
{
    private const int MostOnStack = 512;

    public static long Of(AuditAttribute attribute, string value)
    {
        value = StoredText.Of(value);
        var most = 1 + Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> text = most <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[most];
        text[0] = (byte)attribute;
        var length = 1 + Encoding.UTF8.GetBytes(value, text[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary>All that an event is found by, each once or more often. Not by an id that says its time itself.</summary>
    public static IEnumerable<(AuditAttribute Attribute, string Value)> AllOf(AuditEvent e)
    {
        yield return (AuditAttribute.EventName, e.EventName);
        yield return (AuditAttribute.EventSource, e.EventSource);
        yield return (AuditAttribute.ReadOnly, TextOf(e.IsReadOnly));
        if (EventIds.TimeOf(e.EventId) != e.Time.ToUnixTimeMilliseconds())
            yield return (AuditAttribute.EventId, e.EventId);
        if (e.Username.Length > 0)
            yield return (AuditAttribute.Username, e.Username);
        if (e.AccessKeyId.Length > 0)
            yield return (AuditAttribute.AccessKeyId, e.AccessKeyId);
        for (var i = 0; i < e.Resources.Count; i++)
        {
            yield return (AuditAttribute.ResourceType, e.Resources[i].Type);
            yield return (AuditAttribute.ResourceName, e.Resources[i].Name);
        }
    }

    /// <summary>Whether an event out of the store is one that is sought.</summary>
    public static bool IsOf(AuditEvent e, AuditAttribute attribute, string value) => attribute switch
    {
        AuditAttribute.EventId => e.EventId == value,
        AuditAttribute.EventName => e.EventName == value,
        AuditAttribute.EventSource => e.EventSource == value,
        AuditAttribute.Username => e.Username == value,
        AuditAttribute.AccessKeyId => e.AccessKeyId == value,
        AuditAttribute.ReadOnly => TextOf(e.IsReadOnly) == value,
        AuditAttribute.ResourceType => e.Resources.Any(resource => resource.Type == value),
        AuditAttribute.ResourceName => e.Resources.Any(resource => resource.Name == value),
        _ => true,
    };

    private static string TextOf(bool isReadOnly) => isReadOnly ? "true" : "false";
}
