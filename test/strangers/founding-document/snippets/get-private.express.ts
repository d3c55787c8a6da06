import { clerkClient } from '@clerk/clerk-sdk-node'
app.post('/updateStripe', async (req, res) => {
const { userId } = await req.body.json()
const user = await clerkClient.users.getUser(userId)
res.status(200).json(user.privateMetadata)
})
