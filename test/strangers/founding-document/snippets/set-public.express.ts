import { clerkClient } from '@clerk/clerk-sdk-node'
app.post('/updateRole', (req, res) => {
const { role, userId } = req.body
await clerkClient.users.updateUserMetadata(userId, {
publicMetadata: {
role,
},
})
res.status(200).json({ success: true })
})
