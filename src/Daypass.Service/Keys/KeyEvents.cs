using System.Globalization;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Keys;

/// <summary>The record, in the operator's trail, of what becomes of a key by itself.</summary>
internal static class KeyEvents
{
    private const string Source = "daypass";

    /// <summary>One event; none before there is an operator whose trail could have it.</summary>
    public static IReadOnlyList<AuditEvent> Of(KeyStep step, InstallationDirectory installation, DateTimeOffset now, IEntropy entropy)
    {
        if (!AccountId.TryParse(installation.Operator?.Id, out var account))
            return [];
        return
        [
            new ServiceEvent
            {
                Trail = account,
                At = now,
                Name = step.Name,
                Source = Source,
                InvokedBy = Source,
                Details = json =>
                {
                    json.WriteString("purpose", step.Key.Purpose);
                    json.WriteString("keyId", step.Key.Id.ToString("X8", CultureInfo.InvariantCulture));
                },
            }.Make(entropy),
        ];
    }
}
