using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Keys;

/// <summary>
/// Seals every ring key under the newest master key of the node that answers: the first line of its master key file, as it is now. One
/// commit, so there is no state in between. All nodes must have that key in their files before, and may lose the old one only after.
/// </summary>
internal sealed class RewrapKeys : ApiAction<RewrapKeys.Request, RewrapKeys.Response>
{
    internal sealed record Request;

    internal sealed record Response(string MasterKey, int Rewrapped) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("MasterKey", MasterKey);
            writer.Number("Rewrapped", Rewrapped);
        }
    }

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:RewrapKeys", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        KeyRules.RequireOperator(scene);
        var master = KeyRules.Master(scene);
        var changes = scene.ChangeInstallation().Guard("keys");
        var rewrapped = 0;
        foreach (var key in KeyRules.All(scene).Where(key => MasterKeys.FingerprintIn(key) != master.Newest))
        {
            changes.Put(DocumentKinds.Key, RingKeys.Rewrap(key, master, scene.Entropy) ?? throw CannotOpen(key));
            rewrapped++;
        }
        return new Outcome<Response>(new Response(KeyRules.Show(master.Newest), rewrapped), rewrapped == 0 ? null : changes);
    }

    private static ApiException CannotOpen(StoredKey key) => Errors.InvalidInput(
        $"The key {KeyRules.Show(key.Id)} is sealed under the master key {KeyRules.Show(MasterKeys.FingerprintIn(key))}, which this node's master key file does not hold; add it there as a second line.");
}
