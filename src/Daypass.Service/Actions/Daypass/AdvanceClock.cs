using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>
/// Moves policy time forward, so that expiry can be seen without waiting. Session expiry, issue times and policy conditions follow; the
/// window of signatures and the clocks of leases do not, so stock clients go on working. It never goes back: what has expired stays so.
/// </summary>
internal sealed class AdvanceClock : ApiAction<AdvanceClock.Request, ClockShape>
{
    private const int MaxStep = 366 * 24 * 3600;

    /// <summary>Ten years: beyond that, dates in tokens and policies would leave the range they are tested for.</summary>
    private const long MaxOffset = 10L * MaxStep;

    internal sealed record Request(int Seconds);

    public override Request Read(Parameters wire)
    {
        var seconds = wire.Number("Seconds", 1, MaxStep);
        if (seconds is null)
            wire.Missing("Seconds");
        return new Request(seconds ?? 0);
    }

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:AdvanceClock", "*", scene.Caller.Account));

    public override Outcome<ClockShape> Run(Request request, Scene scene)
    {
        if (!scene.Settings.IsClockMovable)
            throw Errors.AccessDenied("The clock of this server cannot be moved: it was not started with --movable-clock.");
        if (scene.Installation.Operator?.Id != scene.Caller.Account.ToString())
            throw Errors.AccessDenied("Only the account that the installation began with may move its clock.");
        var offset = (long)scene.Installation.ClockOffset.TotalSeconds + request.Seconds;
        if (offset > MaxOffset)
            throw Errors.ValidationError($"The clock can be at most {MaxOffset} seconds ahead.");
        return new Outcome<ClockShape>(
            new ClockShape(scene.Now.AddSeconds(request.Seconds), offset, true),
            scene.ChangeInstallation().Put(DocumentKinds.Clock, new ClockOffset(offset)));
    }
}
