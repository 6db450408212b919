using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>Policy time and how far it is ahead of real time.</summary>
internal sealed class GetClock : ApiAction<GetClock.Request, ClockShape>
{
    internal sealed record Request;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:GetClock", "*", scene.Caller.Account));

    public override Outcome<ClockShape> Run(Request request, Scene scene) =>
        new(new ClockShape(scene.Now, (long)scene.Installation.ClockOffset.TotalSeconds, scene.Settings.IsClockMovable));
}
