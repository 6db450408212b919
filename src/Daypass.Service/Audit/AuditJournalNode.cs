using System.Globalization;
using System.Security.Cryptography;

namespace Daypass.Service.Audit;

/// <summary>
/// Who writes this journal: a random id, made once, and the sequence up to which entries are not of this node but of the one before
/// (<see cref="AuditJournal.RenewNode"/>). Beside it, written when convenient, how far the store was seen to be.
/// </summary>
internal sealed record AuditJournalNode(string Id, long Floor)
{
    private const string Name = "node";
    private const string ShippedName = "shipped";

    public static AuditJournalNode OpenOrMake(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return Make(folder, floor: 0);
        var parts = File.ReadAllText(path).Trim().Split(' ');
        return parts.Length == 2 && parts[0].Length == 32 && IsNumber(parts[1], out var number)
            ? new AuditJournalNode(parts[0], number)
            : throw new InvalidDataException($"The file {path} is not what Daypass wrote.");
    }

    public static AuditJournalNode Make(string folder, long floor)
    {
        var node = new AuditJournalNode(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), floor);
        AuditJournalDisk.Replace(Path.Combine(folder, Name), string.Create(CultureInfo.InvariantCulture, $"{node.Id} {node.Floor}\n"), durably: true);
        return node;
    }

    public static long ReadShipped(string folder) =>
        File.Exists(Path.Combine(folder, ShippedName))
        && IsNumber(File.ReadAllText(Path.Combine(folder, ShippedName)), out var shipped) ? shipped : 0;

    public static void WriteShipped(string folder, long shipped) =>
        AuditJournalDisk.Replace(Path.Combine(folder, ShippedName), shipped.ToString(CultureInfo.InvariantCulture), durably: false);

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
