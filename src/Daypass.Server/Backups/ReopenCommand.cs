using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Server.Backups;

/// <summary>Takes the mark "moved" from a store: servers start on it again.</summary>
internal sealed class ReopenCommand(CommandArguments arguments)
{
    public static readonly CommandUsage Usage = new(
        "store reopen", "Takes back what 'store copy' marked as moved: servers start on this store again, and should no longer on its copy.", [.. StorePlace.Options.Take(2)]);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (arguments.WantsHelp)
            return arguments.Help;
        var place = StorePlace.Of(arguments);
        // Not to make a store where there is none.
        await using (await place.ReadAsync(cancellationToken))
        {
        }
        await using var store = await place.OpenAsync(TimeProvider.System, cancellationToken);
        var set = await store.LoadAsync(SetId.Installation, cancellationToken);
        if (set?.Documents.FirstOrDefault(document => document.Key.Kind == DocumentKinds.Moved.Name) is not { } moved)
            throw new StartException($"The store in {place.Name} is not marked as moved.");
        await store.CommitAsync(
            new Commit { Id = Identifiers.Uuid(new ServerEntropy()), Set = SetId.Installation, Epoch = set.Position.Epoch, Reads = [new Expectation(moved.Key, moved.Revision)], Deletes = [moved.Key] },
            cancellationToken);
        return $"The store in {place.Name} is open again. What was written to its copy meanwhile is not in it, revocations neither: what was revoked there is valid again.";
    }
}
