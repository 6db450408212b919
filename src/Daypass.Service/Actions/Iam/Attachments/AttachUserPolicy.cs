using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Attachments;

/// <summary>See <see cref="AttachPolicy{User}"/>.</summary>
internal sealed class AttachUserPolicy() : AttachPolicy<User>(HolderKinds.User);
