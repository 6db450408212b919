using System.Globalization;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass.Keys;

/// <summary>
/// Says that somebody else may have a key. Sessions that it sealed are refused from now on, everywhere. Stored secrets are sealed under
/// another key first, then it is refused: they must count as read by whoever has the key and a copy of the store, so replace them too.
/// Was the key the active one, a new one takes over in the same commit.
/// </summary>
internal sealed class RevokeKey : ApiAction<RevokeKey.Request, RevokeKey.Response>
{
    internal sealed record Request(string Purpose, string KeyId);

    internal sealed record Response(KeyShape Key, KeyShape? Successor) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Structure("Key", Key);
            writer.Structure("Successor", Successor);
        }
    }

    public override Request Read(Parameters wire) => new(KeyRules.ReadPurpose(wire), KeyRules.ReadKeyId(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:RevokeKey", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        KeyRules.RequireOperator(scene);
        var ring = KeyRules.Ring(scene, request.Purpose);
        var key = uint.TryParse(request.KeyId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? ring.Find(candidate => candidate.Id == id) : null;
        if (key is null)
            throw Errors.NoSuchEntity($"There is no key {request.KeyId} of the purpose {request.Purpose}.");
        if (key.Revoked is not null)
            return new Outcome<Response>(new Response(new KeyShape(key), null));
        var revoked = KeyRotation.Revoke(key, KeyRules.Now(scene));
        var successor = KeyRotation.Is(key, SealingKeyState.Active)
            ? RingKeys.Make(request.Purpose, SealingKeyState.Active, ring, scene.RealTime, KeyRules.Master(scene), scene.Entropy)
            : null;
        var changes = scene.ChangeInstallation().Guard("keys").Put(DocumentKinds.Key, revoked);
        if (successor is not null)
            changes.Put(DocumentKinds.Key, successor);
        return new Outcome<Response>(new Response(new KeyShape(revoked), successor is null ? null : new KeyShape(successor)), changes);
    }
}
