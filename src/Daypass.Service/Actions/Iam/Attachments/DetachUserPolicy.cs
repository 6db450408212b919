using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="DetachPolicy{User}"/>.</summary>
internal sealed class DetachUserPolicy() : DetachPolicy<User>(HolderKinds.User);
