using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass.Keys;

/// <summary>A ring key in responses: all about it, and never the key.</summary>
internal sealed record KeyShape(StoredKey Key) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Purpose", Key.Purpose);
        writer.Text("KeyId", KeyRules.Show(Key.Id));
        writer.Text("State", KeyPurposes.Signs(Key.Purpose) && Key.State == nameof(SealingKeyState.DecryptOnly) ? "VerifyOnly" : Key.State);
        writer.Time("ActiveFromTime", Key.ActiveFrom);
        writer.Time("CreatedTime", Key.Created);
        writer.Time("RetiredTime", Key.Retired);
        writer.Time("RevokedTime", Key.Revoked);
        writer.Time("ResealedTime", Key.Resealed);
        writer.Time("MayGoTime", KeyRotation.MayGo(Key));
        writer.Text("MasterKey", KeyRules.Show(MasterKeys.FingerprintIn(Key)));
    }
}
