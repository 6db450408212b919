using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass.Keys;

/// <summary>
/// Begins the rotation of a purpose's keys: a new key is made known to all nodes, takes over by itself (<see cref="KeyRotation"/>), and the old
/// one goes when nothing of it can be left.
/// </summary>
internal sealed class RotateKeys : ApiAction<RotateKeys.Request, RotateKeys.Response>
{
    internal sealed record Request(string Purpose);

    internal sealed record Response(KeyShape Key, DateTimeOffset ActiveFrom) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Structure("Key", Key);
            writer.Time("ActiveFromTime", ActiveFrom);
        }
    }

    public override Request Read(Parameters wire) => new(KeyRules.ReadPurpose(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:RotateKeys", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        KeyRules.RequireOperator(scene);
        var ring = KeyRules.Ring(scene, request.Purpose);
        if (ring.FirstOrDefault(key => KeyRotation.Is(key, SealingKeyState.PrePublished)) is { } pending)
            throw Errors.EntityAlreadyExists($"A rotation is under way: the key {KeyRules.Show(pending.Id)} takes over in a moment.");
        // The first key of a purpose has nobody to take over from, and nobody holds another one.
        var state = ring.Exists(key => KeyRotation.Is(key, SealingKeyState.Active)) ? SealingKeyState.PrePublished : SealingKeyState.Active;
        var key = RingKeys.Make(request.Purpose, state, ring, scene.RealTime, KeyRules.Master(scene), scene.Entropy);
        if (state == SealingKeyState.PrePublished && KeyPurposes.IsPublishedOutside(request.Purpose))
            key = key with { ActiveFrom = key.Created + scene.Settings.WebIdentityKeyNotice };
        // The guard keeps two of these from each making a key.
        return new Outcome<Response>(
            new Response(new KeyShape(key), KeyRotation.ActiveFrom(key)),
            scene.ChangeInstallation().Guard("keys").Put(DocumentKinds.Key, key));
    }
}
