using System.Globalization;
using System.Text;
using Daypass.Storage.Snapshots;

namespace Daypass.Server.Backups;

/// <summary>What a restore says at its end: what is there, what is refused, and how to go on.</summary>
internal static class RestoreReport
{
    public static string Of(string path, StorePlace place, BackupHeader header, Restore restore, InstallationRows rows, string? credentials, TimeSpan took)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Restored {place.Name} from {path}, a backup of {header.TakenAt:yyyy-MM-dd HH:mm:ss} UTC: {Progress.Count(rows.Accounts, "account")}, {Progress.Count(header.Sequence, "commit")}, {Progress.Seconds(took)}.\n\n");
        text.Append(Sessions(restore.Choice)).Append('\n').Append(AccessKeys(restore)).Append('\n');
        if (restore.Choice.Previous is not null && restore.Keys.Lost > 0)
            text.Append(CultureInfo.InvariantCulture, $"Sealing keys: {restore.Keys.Lost} that the store of before had revoked, or had no more, are revoked.\n");
        text.Append("Whatever else was taken away after the backup (rights, roles, trust) is as it was then: look through it before you let anybody in.\n");
        if (restore.Choice.Previous is null)
            text.Append("A sealing key that you revoked after the backup is in use again where it seals what is stored, and for sessions that you kept: revoke it again (./run cli keys).\n");
        if (credentials is not null)
            text.Append(CultureInfo.InvariantCulture, $"\nA new access key of the administrator {restore.Administrator.User!.Name} is in {credentials} (mode 0600):\n\n  export DAYPASS_CREDENTIALS_FILE={credentials}\n  ./run cli sts get-caller-identity\n");
        text.Append(place.Store is null
            ? $"\nStart the server on it:  ./run --data-dir {place.DataDirectory}\nEvents that the old server had not brought to its store yet are in its folder 'journal': move it here before the start, and they follow."
            : "\nStart the nodes with the new --store. Events that they had not brought to the old store follow from their journals.");
        return text.ToString();
    }

    private static string Sessions(RestoreChoice choice) => choice switch
    {
        { Sessions: RestoreChoice.NoSessions } => "Sessions: none that were issued before this restore is accepted.",
        { Sessions: RestoreChoice.SessionsBeforeBackup, Previous: not null } => "Sessions: those issued up to 15 minutes before the backup are accepted until they end, but for those that the store of before had revoked; later ones are not.",
        { Sessions: RestoreChoice.SessionsBeforeBackup } => "Sessions: those issued up to 15 minutes before the backup are accepted until they end, also if they were revoked since; later ones are not.",
        { Previous: not null } => "Sessions: all are accepted until they end, but for those that the store of before had revoked.",
        _ => "Sessions: all are accepted until they end, also those that were revoked after the backup.",
    };

    private static string AccessKeys(Restore restore)
    {
        var (active, refused) = restore.Documents.AccessKeys;
        var count = Progress.Count(refused);
        return restore.Choice switch
        {
            { KeepsAccessKeys: true } => $"Access keys: all {Progress.Count(active)} that were active in the backup are so, also those that were deleted or deactivated since.",
            { Previous: not null } => $"Access keys: of {Progress.Count(active)} that were active in the backup, {count} are inactive now, as the store of before no longer had them active.",
            _ => $"Access keys: all {count} that were active in the backup are inactive now, as some may have been revoked since. Activate those that are still wanted: ./run cli iam update-access-key --user-name NAME --access-key-id ID --status Active.",
        };
    }
}
